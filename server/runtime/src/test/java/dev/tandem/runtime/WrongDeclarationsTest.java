package dev.tandem.runtime;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.runtime.call.Service;
import dev.tandem.test.v1.BrokenServiceGrpc;
import dev.tandem.test.v1.MisboundServiceGrpc;
import org.junit.jupiter.api.Test;

/** What is wrong in .proto files stops the start, with file and line. */
class WrongDeclarationsTest {
    @Test
    void everyWrongBindingOptionAndRuleIsTold() {
        Service service =
                Service.of(MisboundServiceGrpc.getServiceDescriptor())
                        .unary(MisboundServiceGrpc.getMisspellMethod(), (request, call) -> request)
                        .unary(MisboundServiceGrpc.getMisplaceMethod(), (request, call) -> request)
                        .build();

        Service broken =
                Service.of(BrokenServiceGrpc.getServiceDescriptor())
                        .unary(BrokenServiceGrpc.getFailMethod(), (request, call) -> request)
                        .build();

        assertThatThrownBy(() -> Server.builder().service(service).service(broken).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "tandem/test/v1/broken.proto:28: tandem.test.v1.MisboundService.Misspell:"
                                + " /v1/broken/{nubmer}: tandem.test.v1.MisboundRequest has no field"
                                + " \"nubmer\"")
                .hasMessageContaining(
                        "tandem/test/v1/broken.proto:33: tandem.test.v1.MisboundService.Misplace: its"
                                + " body must be \"*\" or a field of tandem.test.v1.MisboundRequest,"
                                + " not \"nothing\"")
                .hasMessageContaining(
                        "tandem/test/v1/broken.proto:44: tandem.test.v1.MisboundRequest.number: json is"
                                + " for strings")
                .hasMessageContaining("rule");
    }
}
