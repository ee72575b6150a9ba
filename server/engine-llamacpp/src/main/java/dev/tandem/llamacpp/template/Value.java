package dev.tandem.llamacpp.template;

import java.util.Map;

/** A value of the template language; the kinds and their names are Python's. */
sealed interface Value
        permits Value.None,
                Value.Undefined,
                Value.Bool,
                Value.Namespace,
                Num,
                Text,
                Seq,
                Dict,
                Callable,
                LoopState {

    /** Whether the value counts as true in a condition. */
    boolean truth();

    /** Python's name of the type, for messages. */
    String typeName();

    /** Python's None. */
    enum None implements Value {
        NONE;

        @Override
        public boolean truth() {
            return false;
        }

        @Override
        public String typeName() {
            return "NoneType";
        }
    }

    /**
     * What a missing name or attribute gives: empty when printed or iterated, an error when used.
     */
    record Undefined(String reason) implements Value {
        @Override
        public boolean truth() {
            return false;
        }

        @Override
        public String typeName() {
            return "Undefined";
        }

        TemplateException used() {
            return TemplateException.runtime(reason);
        }
    }

    /** Python's True and False; they are numbers too. */
    enum Bool implements Value {
        FALSE,
        TRUE;

        static Bool of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public boolean truth() {
            return this == TRUE;
        }

        @Override
        public String typeName() {
            return "bool";
        }
    }

    /** The one kind of value whose attributes a template may set: {@code namespace(…)}. */
    record Namespace(Map<String, Value> attributes) implements Value {
        @Override
        public boolean truth() {
            return true;
        }

        @Override
        public String typeName() {
            return "Namespace";
        }
    }
}
