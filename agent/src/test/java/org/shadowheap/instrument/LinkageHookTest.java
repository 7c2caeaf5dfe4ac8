package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The methods by which this JDK links tell, at every return, what the JVM is about to keep. */
class LinkageHookTest {

    private static final String NATIVES = "java/lang/invoke/MethodHandleNatives";

    @Test
    void everyReturnTellsOfTheAppendixOrTheResult() throws IOException {
        byte[] rewritten;
        try (InputStream in = ClassLoader.getSystemResourceAsStream(NATIVES + ".class")) {
            rewritten = Rewriting.rewrite(in.readAllBytes());
        }
        ClassNode natives = new ClassNode();
        new ClassReader(rewritten).accept(natives, ClassReader.SKIP_DEBUG);
        Map<String, String> told = new TreeMap<>();
        for (MethodNode method : natives.methods) {
            for (AbstractInsnNode each : method.instructions) {
                if (each.getOpcode() == Opcodes.ARETURN && LinkageHook.isFor(NATIVES, method.name)) {
                    told.merge(
                            method.name, toldBefore(each, method), (one, other) -> one.equals(other) ? one : "mixed");
                }
            }
        }
        assertEquals(
                Map.of(
                        "findMethodHandleType", "result",
                        "linkCallSite", "appendix",
                        "linkDynamicConstant", "result",
                        "linkMethod", "appendix",
                        "linkMethodHandleConstant", "result"),
                told);
        assertEquals("", Rewriting.complaints(rewritten, null));
    }

    private static String toldBefore(AbstractInsnNode areturn, MethodNode method) {
        if (!(areturn.getPrevious() instanceof MethodInsnNode call) || !call.owner.equals(BarrierName.INTERNAL)) {
            return "nothing";
        }
        AbstractInsnNode argument = call.getPrevious();
        int last = Type.getArgumentTypes(method.desc).length - 1; // all of them are references or ints
        boolean isAppendix =
                argument instanceof VarInsnNode load && load.getOpcode() == Opcodes.ALOAD && load.var == last;
        return switch (call.name) {
            case "linked" -> argument.getOpcode() == Opcodes.DUP ? "result" : "another object";
            case "linkedAppendix" -> isAppendix ? "appendix" : "another object";
            default -> call.name;
        };
    }
}
