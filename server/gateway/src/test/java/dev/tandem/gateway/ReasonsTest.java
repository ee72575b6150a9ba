package dev.tandem.gateway;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tandem.engines.EngineReasons;
import dev.tandem.runtime.auth.AuthReasons;
import dev.tandem.runtime.call.ApiError;
import dev.tandem.runtime.call.Code;
import dev.tandem.runtime.call.Reason;
import dev.tandem.runtime.call.Reasons;
import dev.tandem.runtime.call.RpcReasons;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every error has a reason that is declared, and so documented. */
@AnalyzeClasses(packages = "dev.tandem", importOptions = ImportOption.DoNotIncludeTests.class)
class ReasonsTest {
    @ArchTest
    static final ArchRule onlyHostedServicesNameReasonsOfTheirOwn =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.tandem.runtime.hosting")
                    .and()
                    .doNotBelongToAnyOf(ApiError.class)
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(ApiError.class)))
                                    .and(target(nameMatching("of|ofParam")))
                                    .and(target(rawParameterTypes(startingWith(Code.class)))));

    /** But those that a hosted service or another Tandem told. */
    @ArchTest
    static final ArchRule errorsAreMadeOfReasons =
            noClasses()
                    .that()
                    .doNotBelongToAnyOf(ApiError.class)
                    .and()
                    .resideOutsideOfPackages("dev.tandem.runtime.hosting", "dev.tandem.remote")
                    .should()
                    .callConstructorWhere(target(owner(assignableTo(ApiError.class))));

    @ArchTest
    static final ArchRule reasonsAreDeclaredInTheirLists =
            noClasses()
                    .that()
                    .doNotBelongToAnyOf(
                            Reasons.class, RpcReasons.class, AuthReasons.class, EngineReasons.class)
                    .should()
                    .callConstructorWhere(target(owner(assignableTo(Reason.class))));

    @Test
    void theListsAreComplete() throws IllegalAccessException {
        List<Reason> runtimes = declared(Reasons.class);
        runtimes.addAll(declared(RpcReasons.class));
        assertThat(runtimes).containsExactlyInAnyOrderElementsOf(Reasons.ALL);
        assertThat(declared(AuthReasons.class))
                .containsExactlyInAnyOrderElementsOf(AuthReasons.ALL);
        assertThat(declared(EngineReasons.class))
                .containsExactlyInAnyOrderElementsOf(EngineReasons.ALL);
    }

    private static List<Reason> declared(Class<?> list) throws IllegalAccessException {
        List<Reason> declared = new ArrayList<>();
        for (Field field : list.getFields()) {
            if (field.get(null) instanceof Reason reason) {
                declared.add(reason);
            }
        }
        return declared;
    }

    private static DescribedPredicate<List<JavaClass>> startingWith(Class<?> type) {
        return DescribedPredicate.describe(
                "starting with " + type.getSimpleName(),
                types -> !types.isEmpty() && types.getFirst().isEquivalentTo(type));
    }
}
