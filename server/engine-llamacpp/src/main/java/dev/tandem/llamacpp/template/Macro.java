package dev.tandem.llamacpp.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {% macro name(parameters) %}…{% endmacro %}}, and the body of a call block, which is a
 * macro without a name.
 */
record Macro(List<Parameter> parameters, Statement body) {

    private static final Text CALLER = Text.trusted("caller");

    /** A parameter and its value where none is given. */
    record Parameter(String name, @Nullable Expression otherwise) {}

    /** The macro as a function that sees the variables of the place it stands at. */
    Callable at(Scope scope) {
        return (rendering, arguments) -> {
            rendering.budget().enter();
            Text text = rendering.capture(bind(rendering, arguments, new Scope(scope)), body);
            rendering.budget().leave();
            return text;
        };
    }

    private Scope bind(Rendering rendering, Arguments arguments, Scope scope) {
        Map<Value, Value> rest = new LinkedHashMap<>(arguments.named());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Value given = arguments.find(i, parameter.name);
            scope.put(
                    parameter.name, given != null ? given : otherwise(rendering, parameter, scope));
            rest.remove(Text.trusted(parameter.name));
        }
        Value caller = rest.remove(CALLER);
        if (caller != null) {
            scope.put("caller", caller);
        }
        scope.put("varargs", Seq.tuple(arguments.from(parameters.size()).positional()));
        scope.put("kwargs", new Dict(rest));
        return scope;
    }

    private static Value otherwise(Rendering rendering, Parameter parameter, Scope scope) {
        if (parameter.otherwise == null) {
            return new Value.Undefined("parameter '" + parameter.name + "' was not provided");
        }
        return rendering.evaluate(scope, parameter.otherwise);
    }

    /** The statement that makes the macro known by its name. */
    record Definition(String name, Macro macro) implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            rendering.scope().put(name, macro.at(rendering.scope()));
            return Flow.NEXT;
        }
    }

    /**
     * {@code {% call function(arguments) %}…{% endcall %}}: the body is handed over as {@code
     * caller}.
     */
    record CallBlock(Expression function, Chain.ArgumentList arguments, Macro body)
            implements Statement {
        @Override
        public Flow execute(Rendering rendering) {
            Arguments given =
                    arguments.evaluate(rendering).with("caller", body.at(rendering.scope()));
            Value result = Chain.Call.call(rendering, function.evaluate(rendering), given);
            rendering.write(Printer.print(rendering.budget(), result));
            return Flow.NEXT;
        }
    }
}
