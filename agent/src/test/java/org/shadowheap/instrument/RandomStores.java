package org.shadowheap.instrument;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.shadowheap.instrument.SeenCalls.Call;

/**
 * A class {@code app/Random} with a static method that stores at random, and what a barrier must be told when it runs: the
 * generator keeps account while it emits. Loops, branches, operands and long locals in between; stores that fail.
 */
final class RandomStores implements Opcodes {

    private static final String NAME = "app/Random";
    private static final String OBJECT = "Ljava/lang/Object;";
    private static final int OBJECTS = 4;
    private static final int ELEMENTS = 6;
    private static final int VALUES = 4;

    /** Parameters: objects with a null behind, an array, values, true, a long. Then the counters of loops. */
    private static final String DESCRIPTOR = "([L" + NAME + ";[" + OBJECT + "[" + OBJECT + "ZJ)J";

    private static final int HOLDERS = 0;
    private static final int ARRAY = 1;
    private static final int VALUE = 2;
    private static final int TRUE = 3;
    private static final int LONG = 4;
    private static final int COUNTERS = 6;
    private static final int HOLDER = 9;
    private static final int OTHER_HOLDER = 10;
    private static final int FIRST_VALUE = 11;

    /** Fields beside f0 and f1, of which nobody waits for a store. */
    private static final List<String> PLAIN = List.of("f2", "f3", "f4", "f5", "f6");

    private final Random random;
    private final List<String> expected = new ArrayList<>();
    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    private MethodVisitor code;

    RandomStores(long seed) {
        random = new Random(seed);
    }

    /** What the barrier is told, in order; complete after {@link #classFile}. */
    List<String> expected() {
        return expected;
    }

    byte[] classFile() {
        writer.visit(V17, ACC_PUBLIC | ACC_SUPER, NAME, null, "java/lang/Object", null);
        writer.visitField(ACC_PUBLIC, "f0", OBJECT, null, null);
        writer.visitField(ACC_PUBLIC | ACC_VOLATILE, "f1", OBJECT, null, null);
        for (String plain : PLAIN) {
            writer.visitField(ACC_PUBLIC, plain, OBJECT, null, null);
        }
        writer.visitField(ACC_PUBLIC, "number", "J", null, null);
        writer.visitField(ACC_PUBLIC | ACC_STATIC, "s0", OBJECT, null, null);
        writer.visitField(ACC_PUBLIC | ACC_STATIC, "objects", "[" + OBJECT, null, null);
        MethodVisitor init = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(ALOAD, 0);
        init.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        init.visitInsn(RETURN);
        init.visitMaxs(0, 0);
        code = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "run", DESCRIPTOR, null, null);
        code.visitCode();
        block(expected, 3 + random.nextInt(12), 0);
        code.visitVarInsn(LLOAD, LONG);
        code.visitInsn(LRETURN);
        code.visitMaxs(0, 0);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void block(List<String> seen, int statements, int depth) {
        for (int i = 0; i < statements; i++) {
            int kind = random.nextInt(depth < 2 ? 12 : 9);
            switch (kind) {
                case 0, 1 -> fieldStore(seen);
                case 2 -> staticStore(seen);
                case 3, 4 -> arrayStore(seen);
                case 5 -> arrayCopy(seen);
                case 6 -> newArray(seen);
                case 7, 8 -> storesInARow(seen);
                case 9 -> loop(seen, depth);
                case 10 -> branch(seen, depth);
                default -> failing(seen);
            }
        }
    }

    private void value(int value) {
        code.visitVarInsn(ALOAD, VALUE);
        code.visitIntInsn(BIPUSH, value);
        code.visitInsn(AALOAD);
    }

    private void holder(int object) {
        code.visitVarInsn(ALOAD, HOLDERS);
        code.visitIntInsn(BIPUSH, object);
        code.visitInsn(AALOAD);
    }

    private void fieldStore(List<String> seen) {
        int object = random.nextInt(OBJECTS);
        int value = random.nextInt(VALUES);
        // An operand below that must survive.
        code.visitVarInsn(LLOAD, LONG);
        holder(object);
        value(value);
        code.visitFieldInsn(PUTFIELD, NAME, random.nextBoolean() ? "f0" : "f1", OBJECT);
        code.visitInsn(LCONST_1);
        code.visitInsn(LADD);
        code.visitVarInsn(LSTORE, LONG);
        seen.add("field " + object + "=v" + value);
    }

    /** Stores to fields of an object in a local, with this and that in between. */
    private void storesInARow(List<String> seen) {
        int object = random.nextInt(OBJECTS);
        int other = random.nextInt(OBJECTS);
        holder(other);
        code.visitVarInsn(ASTORE, OTHER_HOLDER);
        for (int value = 0; value < 2; value++) {
            value(value);
            code.visitVarInsn(ASTORE, FIRST_VALUE + value);
        }
        holder(object);
        code.visitVarInsn(ASTORE, HOLDER);
        for (int left = 1 + random.nextInt(7); left > 0; left--) {
            switch (random.nextInt(16)) {
                case 0 -> staticStore(seen);
                case 1 -> arrayStore(seen);
                case 2 -> {
                    object = other;
                    code.visitVarInsn(ALOAD, OTHER_HOLDER);
                    code.visitVarInsn(ASTORE, HOLDER);
                }
                case 3 -> {
                    code.visitVarInsn(ALOAD, HOLDER);
                    code.visitVarInsn(LLOAD, LONG);
                    code.visitFieldInsn(PUTFIELD, NAME, "number", "J");
                }
                case 4 -> {
                    // What a field holds, to another one: nothing to be told of but the store.
                    code.visitVarInsn(ALOAD, HOLDER);
                    code.visitInsn(DUP);
                    code.visitInsn(POP);
                    code.visitInsn(ACONST_NULL);
                    code.visitFieldInsn(PUTFIELD, NAME, PLAIN.get(random.nextInt(PLAIN.size())), OBJECT);
                    seen.add("field " + object + "=null");
                }
                case 5 -> {
                    Label end = new Label();
                    boolean jumps = random.nextBoolean();
                    code.visitVarInsn(ILOAD, TRUE);
                    code.visitJumpInsn(jumps ? IFNE : IFEQ, end);
                    storeInARow(jumps ? new ArrayList<>() : seen, object);
                    code.visitLabel(end);
                }
                default -> storeInARow(seen, object);
            }
        }
    }

    /** One or two stores of a value that is in a local. */
    private void storeInARow(List<String> seen, int object) {
        int value = random.nextInt(2);
        String one = PLAIN.get(random.nextInt(PLAIN.size()));
        code.visitVarInsn(ALOAD, HOLDER);
        if (random.nextBoolean()) {
            code.visitVarInsn(ALOAD, FIRST_VALUE + value);
            code.visitFieldInsn(PUTFIELD, NAME, one, OBJECT);
        } else {
            // As javac compiles a = b = c.
            code.visitVarInsn(ALOAD, HOLDER);
            code.visitVarInsn(ALOAD, FIRST_VALUE + value);
            code.visitInsn(DUP_X1);
            code.visitFieldInsn(PUTFIELD, NAME, random.nextInt(4) == 0 ? "f1" : "f0", OBJECT);
            seen.add("field " + object + "=v" + value);
            code.visitFieldInsn(PUTFIELD, NAME, one, OBJECT);
        }
        seen.add("field " + object + "=v" + value);
    }

    private void staticStore(List<String> seen) {
        int value = random.nextInt(VALUES);
        value(value);
        code.visitFieldInsn(PUTSTATIC, NAME, "s0", OBJECT);
        seen.add("static=v" + value);
    }

    private void arrayStore(List<String> seen) {
        int index = random.nextInt(ELEMENTS);
        int value = random.nextInt(VALUES);
        code.visitVarInsn(ALOAD, ARRAY);
        code.visitIntInsn(BIPUSH, index);
        value(value);
        code.visitInsn(AASTORE);
        seen.add("array[" + index + "]=v" + value);
    }

    private void arrayCopy(List<String> seen) {
        int length = random.nextInt(VALUES);
        int to = random.nextInt(ELEMENTS - length);
        arrayCopyOf(to, length);
        seen.add("copy from=" + to + " length=" + length);
    }

    private void arrayCopyOf(int to, int length) {
        code.visitVarInsn(ALOAD, VALUE);
        code.visitInsn(ICONST_0);
        code.visitVarInsn(ALOAD, ARRAY);
        code.visitIntInsn(BIPUSH, to);
        code.visitIntInsn(BIPUSH, length);
        code.visitMethodInsn(
                INVOKESTATIC, "java/lang/System", "arraycopy", "(" + OBJECT + "I" + OBJECT + "II)V", false);
    }

    private void newArray(List<String> seen) {
        code.visitIntInsn(BIPUSH, 1 + random.nextInt(9));
        if (random.nextBoolean()) {
            code.visitIntInsn(NEWARRAY, T_DOUBLE);
        } else {
            code.visitTypeInsn(ANEWARRAY, "java/lang/String");
        }
        code.visitInsn(POP);
        seen.add("new");
    }

    private void loop(List<String> seen, int depth) {
        int times = random.nextInt(4);
        int counter = COUNTERS + depth;
        List<String> once = new ArrayList<>();
        Label top = new Label();
        Label end = new Label();
        code.visitInsn(ICONST_0);
        code.visitVarInsn(ISTORE, counter);
        code.visitLabel(top);
        code.visitVarInsn(ILOAD, counter);
        code.visitIntInsn(BIPUSH, times);
        code.visitJumpInsn(IF_ICMPGE, end);
        block(once, 1 + random.nextInt(3), depth + 1);
        code.visitIincInsn(counter, 1);
        code.visitJumpInsn(GOTO, top);
        code.visitLabel(end);
        for (int i = 0; i < times; i++) {
            seen.addAll(once);
        }
    }

    private void branch(List<String> seen, int depth) {
        List<String> never = new ArrayList<>();
        Label otherwise = new Label();
        Label end = new Label();
        code.visitVarInsn(ILOAD, TRUE);
        code.visitJumpInsn(IFEQ, otherwise);
        block(seen, 1 + random.nextInt(3), depth + 1);
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(otherwise);
        block(never, 1 + random.nextInt(3), depth + 1);
        code.visitLabel(end);
    }

    /** A store that throws is none. */
    private void failing(List<String> seen) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label after = new Label();
        code.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
        code.visitLabel(start);
        switch (random.nextInt(4)) {
            case 0 -> {
                // Those before the one that fails were made.
                int object = random.nextInt(OBJECTS);
                holder(object);
                code.visitVarInsn(ASTORE, HOLDER);
                value(0);
                code.visitVarInsn(ASTORE, FIRST_VALUE);
                code.visitInsn(ACONST_NULL);
                code.visitVarInsn(ASTORE, OTHER_HOLDER);
                for (String field : PLAIN) {
                    code.visitVarInsn(ALOAD, HOLDER);
                    code.visitVarInsn(ALOAD, FIRST_VALUE);
                    code.visitFieldInsn(PUTFIELD, NAME, field, OBJECT);
                    seen.add("field " + object + "=v0");
                }
                code.visitVarInsn(ALOAD, OTHER_HOLDER);
                code.visitInsn(ACONST_NULL);
                code.visitFieldInsn(PUTFIELD, NAME, "f2", OBJECT);
            }
            case 1 -> {
                holder(OBJECTS);
                value(0);
                code.visitFieldInsn(PUTFIELD, NAME, "f0", OBJECT);
            }
            case 2 -> {
                code.visitVarInsn(ALOAD, ARRAY);
                code.visitIntInsn(BIPUSH, ELEMENTS);
                value(0);
                code.visitInsn(AASTORE);
            }
            default -> arrayCopyOf(ELEMENTS - 1, 2);
        }
        staticStore(new ArrayList<>());
        code.visitLabel(end);
        code.visitJumpInsn(GOTO, after);
        code.visitLabel(handler);
        code.visitInsn(POP);
        staticStore(seen);
        code.visitLabel(after);
    }

    /** Runs the method and gives everything that it can have stored to, and what it computed. */
    static List<Object> run(Class<?> type) throws ReflectiveOperationException {
        Object[] holders = (Object[]) java.lang.reflect.Array.newInstance(type, OBJECTS + 1);
        for (int i = 0; i < OBJECTS; i++) {
            holders[i] = type.getConstructor().newInstance();
        }
        type.getField("objects").set(null, holders);
        Object[] array = new Object[ELEMENTS];
        Object[] values = new Object[VALUES];
        Arrays.setAll(values, i -> "v" + i);
        Method run = Arrays.stream(type.getMethods())
                .filter(each -> Type.getMethodDescriptor(each).equals(DESCRIPTOR))
                .findFirst()
                .orElseThrow();
        List<Object> state = new ArrayList<>();
        state.add(run.invoke(null, holders, array, values, true, 5L));
        for (int i = 0; i < OBJECTS; i++) {
            for (int field = 0; field < 2 + PLAIN.size(); field++) {
                state.add(type.getField("f" + field).get(holders[i]));
            }
            state.add(type.getField("number").get(holders[i]));
        }
        state.add(type.getField("s0").get(null));
        state.addAll(Arrays.asList(array));
        return state;
    }

    /** The calls in the words of {@link #expected}. */
    static List<String> describe(List<Call> calls, Object[] holders) {
        List<String> lines = new ArrayList<>();
        for (Call call : calls) {
            lines.add(
                    switch (call.what()) {
                        case "fieldStore" ->
                            "field " + Arrays.asList(holders).indexOf(call.object()) + '=' + call.value();
                        case "staticStore" -> "static=" + call.value();
                        case "arrayStore" -> "array[" + call.slot() + "]=" + call.value();
                        case "arrayCopy" -> "copy from=" + call.slot() + " length=" + call.value();
                        case "arrayBirth" -> "new";
                        default -> call.toString();
                    });
        }
        return lines;
    }
}
