package org.shadowheap.drain;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Barrier, log and merge once more, in a loader of their own and with one mistake in their bytes. So the product has no
 * switch for the tests, and what a mutant runs is what the compiler made of the product otherwise.
 */
final class BarrierCopy extends ClassLoader {

    private static final String OURS = "org.shadowheap.";
    private static final String BARRIER = "org/shadowheap/barrier/";
    private static final String STAMPS = BARRIER + "Stamps";

    /** One way to get the order wrong. */
    enum Mistake {
        NONE {
            @Override
            boolean spoil(String type, MethodNode method) {
                return false;
            }
        },
        /** Writes to what is another's carry the counter as read, as writes to one's own do. */
        TICKET_IS_READ {
            @Override
            boolean spoil(String type, MethodNode method) {
                return type.startsWith(BARRIER) && redirectDraws(method, STAMPS, "readOpaque");
            }
        },
        TICKET_BEFORE_STORE {
            @Override
            boolean spoil(String type, MethodNode method) {
                return type.startsWith(BARRIER) && redirectDraws(method, "org/shadowheap/drain/EarlyTicket", "take");
            }
        },
        /** What is found in the slot after the append counts as what was stored, whatever it is. */
        NOT_READ_AGAIN {
            @Override
            boolean spoil(String type, MethodNode method) {
                return type.startsWith(BARRIER) && returnAfterReading(method);
            }
        },
        /** The slot may be read before the record is published. */
        NOT_FENCED {
            @Override
            boolean spoil(String type, MethodNode method) {
                return type.startsWith(BARRIER) && removeFences(method);
            }
        },
        /** A round takes all that is published, not what is stamped up to what it drew before. */
        ROUND_WITHOUT_STAMP {
            @Override
            boolean spoil(String type, MethodNode method) {
                return type.equals("org/shadowheap/drain/Merge") && takeEverything(method);
            }
        };

        /** Changes a method if the mistake is made there; whether it did. */
        abstract boolean spoil(String type, MethodNode method);
    }

    private final Mistake mistake;
    private int places;

    BarrierCopy(Mistake mistake) {
        super(BarrierCopy.class.getClassLoader());
        this.mistake = mistake;
    }

    /** Runs a program of this package with the copy: a static method that takes a number and returns some. */
    long[] run(Class<?> program, String name, long size) throws Exception {
        if (mistake == Mistake.TICKET_BEFORE_STORE) {
            Field armed = loadClass(EarlyTicket.class.getName()).getDeclaredField("armed");
            armed.setAccessible(true);
            armed.setBoolean(null, true);
        }
        Method method = loadClass(program.getName()).getDeclaredMethod(name, long.class);
        method.setAccessible(true);
        long[] result = (long[]) method.invoke(null, size);
        if (mistake != Mistake.NONE) {
            assertNotEquals(0, places, "no place was found for the mistake " + mistake);
        }
        return result;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = spoil(in.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    private byte[] spoil(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassNode type = new ClassNode();
        reader.accept(type, 0);
        boolean changed = false;
        for (MethodNode method : type.methods) {
            if (mistake.spoil(type.name, method)) {
                places++;
                changed = true;
            }
        }
        if (!changed) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        return writer.toByteArray();
    }

    /** Draws whose stamp is thrown away only let a round end, and stay. */
    private static boolean redirectDraws(MethodNode method, String owner, String name) {
        boolean changed = false;
        for (AbstractInsnNode each : method.instructions) {
            if (isDraw(each) && each.getNext().getOpcode() != Opcodes.POP2) {
                MethodInsnNode call = (MethodInsnNode) each;
                call.owner = owner;
                call.name = name;
                changed = true;
            }
        }
        return changed;
    }

    private static boolean isDraw(AbstractInsnNode instruction) {
        return instruction instanceof MethodInsnNode call && call.owner.equals(STAMPS) && call.name.equals("draw");
    }

    /** In the methods that append under a ticket and then read the slot: what follows the comparison, if nothing differs, always follows. */
    private static boolean returnAfterReading(MethodNode method) {
        boolean draws = false;
        boolean reads = false;
        for (AbstractInsnNode each : method.instructions.toArray()) {
            if (each instanceof MethodInsnNode call) {
                draws |= call.name.startsWith("appendTicketed");
                reads = draws && call.name.equals("getReferenceVolatile");
            } else if (reads && each instanceof JumpInsnNode jump) {
                boolean leavesIfEqual = jump.getOpcode() == Opcodes.IF_ACMPEQ;
                if (!leavesIfEqual && jump.getOpcode() != Opcodes.IF_ACMPNE) {
                    continue;
                }
                method.instructions.insertBefore(jump, new InsnNode(Opcodes.POP2));
                if (leavesIfEqual) {
                    // Not a goto: the verifier wants a frame for what nothing leads to.
                    method.instructions.insertBefore(jump, new InsnNode(Opcodes.ICONST_0));
                    jump.setOpcode(Opcodes.IFEQ);
                } else {
                    method.instructions.remove(jump);
                }
                return true;
            }
        }
        return false;
    }

    /** Those that are instructions of their own, and the atomic update that publishes a record and is one, too. */
    private static boolean removeFences(MethodNode method) {
        boolean changed = false;
        for (AbstractInsnNode each : method.instructions.toArray()) {
            if (!(each instanceof MethodInsnNode call)) {
                continue;
            }
            if (call.name.equals("fullFence")) {
                method.instructions.set(call, new InsnNode(Opcodes.POP));
                changed = true;
            } else if (call.name.equals("getAndSetLong") && call.getNext().getOpcode() == Opcodes.POP2) {
                method.instructions.remove(call.getNext());
                call.name = "putLongRelease";
                call.desc = "(Ljava/lang/Object;JJ)V";
                changed = true;
            }
        }
        return changed;
    }

    private static boolean takeEverything(MethodNode method) {
        boolean changed = false;
        for (AbstractInsnNode each : method.instructions.toArray()) {
            if (isDraw(each)) {
                method.instructions.insert(each, new LdcInsnNode(Long.MAX_VALUE >> 2));
                method.instructions.insert(each, new InsnNode(Opcodes.POP2));
                changed = true;
            }
        }
        return changed;
    }
}
