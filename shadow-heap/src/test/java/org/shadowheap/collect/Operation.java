package org.shadowheap.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One step of a program that a heap and its model both take. Objects are named by ids that the program chose, so a step
 * means the same when others are left out; a step whose objects are not there is skipped, see {@link Validity}.
 *
 * <p>As text it is a line of a script: {@code store holder=1001 slot=0 value=1002}.
 */
record Operation(Kind kind, int a, int b, int c, int d) {

    /** What a step does, and what its arguments mean. Slots are counted from 0, whatever the type. */
    enum Kind {
        BIRTH("id type extent"),
        /** A birth whose slots are told as a snapshot, as of a clone; nobody stores to it before the end of that. */
        FILLED("id type extent"),
        CONTACT("id type extent"),
        /** Another thread met the object, too. */
        AGAIN("id"),
        /** A class mirror with statics; met or born, its class defined before or after that. */
        MIRROR("id statics met late"),
        SNAPSHOT("holder slot value"),
        END("holder"),
        STORE("holder slot value"),
        /** By raw offset, as Unsafe stores into arrays and class mirrors. */
        RAW("holder slot value"),
        /** Of so many first elements of another array. */
        COPY("array slot source count"),
        ROOTS("thread"),
        ROOT("thread id"),
        THREAD_END("thread"),
        REQUEST(""),
        ROUND(""),
        MINOR(""),
        MAJOR("");

        /** By blanks. */
        private final String names;

        Kind(String names) {
            this.names = names;
        }

        /** Whether the step names an object that comes with it. */
        boolean isArrival() {
            return this == BIRTH || this == FILLED || this == CONTACT || this == MIRROR;
        }

        /** Whether a round ends with the step, so that a collection may run. */
        boolean endsRound() {
            return this == ROUND || this == MINOR || this == MAJOR;
        }
    }

    static Operation of(Kind kind, int... arguments) {
        int[] all = Arrays.copyOf(arguments, 4);
        return new Operation(kind, all[0], all[1], all[2], all[3]);
    }

    /** What a shrinker may put in its place: a round that collects whatever was born, a smaller object, a null. */
    List<Operation> simpler() {
        return switch (kind) {
            case ROUND -> List.of(of(Kind.MINOR));
            case BIRTH, FILLED, CONTACT -> different(of(kind, a, ScriptedMutator.NODE), of(kind, a, b, c / 2));
            case STORE, RAW, SNAPSHOT -> different(of(kind, a, b, 0), of(kind, a, 0, c));
            default -> List.of();
        };
    }

    private List<Operation> different(Operation... others) {
        return Stream.of(others).filter(other -> !other.equals(this)).toList();
    }

    /** The steps of a script, one a line. */
    static List<Operation> parse(String script) {
        List<Operation> program = new ArrayList<>();
        script.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(line -> {
            String[] words = line.split(" +", -1);
            int[] arguments = new int[words.length - 1];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = Integer.parseInt(words[i + 1].substring(words[i + 1].indexOf('=') + 1));
            }
            program.add(of(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), arguments));
        });
        return program;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.name().toLowerCase(Locale.ROOT));
        int[] arguments = {a, b, c, d};
        String[] names = kind.names.isEmpty() ? new String[0] : kind.names.split(" ", -1);
        for (int i = 0; i < names.length; i++) {
            text.append(' ').append(names[i]).append('=').append(arguments[i]);
        }
        return text.toString();
    }
}
