package dev.tandem.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A test that runs once for each {@link Wire} by which a method can be called where one message
 * answers one; the wire is its parameter.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@EnumSource(
        value = Wire.class,
        names = {"GRPC", "GRPC_WEB", "GRPC_WEB_H2", "CONNECT", "CONNECT_H2", "REST", "REST_H2"})
public @interface EachUnaryWire {}
