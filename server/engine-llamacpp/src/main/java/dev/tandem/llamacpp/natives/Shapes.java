package dev.tandem.llamacpp.natives;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;

/**
 * The C signatures in use, each named as result of parameters. A {@code MemorySegment} is a pointer
 * unless the function is bound with a struct layout; an allocator in front receives a struct that
 * is returned by value. Public because a method handle can be made into a public interface only.
 */
final class Shapes {
    private Shapes() {}

    public interface Nothing {
        void call();
    }

    public interface Pointer {
        MemorySegment call();
    }

    public interface NothingOfPointer {
        void call(MemorySegment first);
    }

    public interface NothingOfTwoPointers {
        void call(MemorySegment first, MemorySegment second);
    }

    public interface NothingOfThreePointers {
        void call(MemorySegment first, MemorySegment second, MemorySegment third);
    }

    public interface NothingOfPointerAndInt {
        void call(MemorySegment first, int second);
    }

    public interface NothingOfPointerAndFlag {
        void call(MemorySegment first, boolean second);
    }

    public interface PointerOfPointer {
        MemorySegment call(MemorySegment first);
    }

    public interface PointerOfTwoPointers {
        MemorySegment call(MemorySegment first, MemorySegment second);
    }

    public interface PointerOfThreePointers {
        MemorySegment call(MemorySegment first, MemorySegment second, MemorySegment third);
    }

    public interface PointerOfPointerAndInt {
        MemorySegment call(MemorySegment first, int second);
    }

    public interface IntOfPointer {
        int call(MemorySegment first);
    }

    public interface IntOfTwoPointers {
        int call(MemorySegment first, MemorySegment second);
    }

    public interface Flag {
        boolean call();
    }

    public interface FlagOfPointer {
        boolean call(MemorySegment first);
    }

    public interface FlagOfPointerAndInt {
        boolean call(MemorySegment first, int second);
    }

    public interface StructOfNothing {
        MemorySegment call(SegmentAllocator allocator);
    }

    public interface StructOfThreeInts {
        MemorySegment call(SegmentAllocator allocator, int first, int second, int third);
    }

    public interface RemoveSequence {
        boolean call(MemorySegment memory, int sequence, int from, int to);
    }

    public interface CopySequence {
        void call(MemorySegment memory, int source, int target, int from, int to);
    }

    @SuppressWarnings("ParameterNumber") // as in C
    public interface Tokenize {
        int call(
                MemorySegment vocabulary,
                MemorySegment text,
                int bytes,
                MemorySegment tokens,
                int capacity,
                boolean addSpecial,
                boolean parseSpecial);
    }

    public interface TokenToPiece {
        int call(
                MemorySegment vocabulary,
                int token,
                MemorySegment piece,
                int capacity,
                int leftStrip,
                boolean special);
    }
}
