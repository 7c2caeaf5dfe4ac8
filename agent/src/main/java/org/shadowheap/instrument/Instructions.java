package org.shadowheap.instrument;

import java.nio.charset.StandardCharsets;
import org.objectweb.asm.Opcodes;

/** How many bytes each instruction has (JVMS 6.5), so that code can be stepped over. */
final class Instructions {

    static final int LDC_W = 19;
    static final int JSR_W = 201;
    private static final int WIDE = 196;

    /** By opcode, 0 for those that have various lengths, or do not exist. */
    private static final byte[] LENGTHS = lengths(""
            + "1111111111111111" // 0x00: constants
            + "2323322222111111" // 0x10: bipush, sipush, ldc, ldc_w, ldc2_w, loads
            + "1111111111111111" // 0x20
            + "1111112222211111" // 0x30: stores
            + "1111111111111111" // 0x40
            + "1111111111111111" // 0x50: stack
            + "1111111111111111" // 0x60: arithmetic
            + "1111111111111111" // 0x70
            + "1111311111111111" // 0x80: iinc
            + "1111111113333333" // 0x90: jumps
            + "3333333332001111" // 0xa0: goto, jsr, ret, tableswitch, lookupswitch, returns
            + "1133333335532311" // 0xb0: fields, calls, new, newarray, anewarray
            + "3311043355"); // 0xc0: checkcast, instanceof, monitors, wide, multianewarray, ifnull, goto_w, jsr_w

    private Instructions() {}

    private static byte[] lengths(String digits) {
        byte[] lengths = new byte[256];
        byte[] known = digits.getBytes(StandardCharsets.ISO_8859_1);
        for (int opcode = 0; opcode < known.length; opcode++) {
            lengths[opcode] = (byte) (known[opcode] - '0');
        }
        return lengths;
    }

    /**
     * Where the instruction behind another one begins.
     *
     * @param at where that one begins
     * @param code where the method's code begins
     * @throws RuntimeException if the class file has no such instruction; the result may be behind the code
     */
    static int next(byte[] bytes, int code, int at) {
        int length = LENGTHS[bytes[at] & 0xff];
        return at + (length > 0 ? length : various(bytes, code, at));
    }

    private static int various(byte[] bytes, int code, int at) {
        // Operands of a switch begin at a multiple of four, counted from the begin of the code.
        int operands = at + 4 - (at - code & 3);
        return switch (bytes[at] & 0xff) {
            case WIDE -> wide(bytes[at + 1] & 0xff);
            case Opcodes.TABLESWITCH -> {
                // default, low, high, jumps
                long jumps = (long) u4(bytes, operands + 8) - u4(bytes, operands + 4) + 1;
                yield operands - at + 12 + count(bytes, at, jumps) * 4;
            }
            // default, pairs, (match, jump) of each pair
            case Opcodes.LOOKUPSWITCH -> operands - at + 8 + count(bytes, at, u4(bytes, operands + 4)) * 8;
            default -> throw new IllegalArgumentException("no such instruction: opcode=" + (bytes[at] & 0xff));
        };
    }

    /** {@code wide iinc}, or {@code wide} with a load, store or {@code ret} of a local. */
    private static int wide(int opcode) {
        if (opcode == Opcodes.IINC) {
            return 6;
        }
        if (opcode >= Opcodes.ILOAD && opcode <= Opcodes.ALOAD
                || opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE
                || opcode == Opcodes.RET) {
            return 4;
        }
        throw new IllegalArgumentException("no such wide instruction: opcode=" + opcode);
    }

    private static int count(byte[] bytes, int at, long count) {
        if (count < 0 || count > (bytes.length - at) / 4) {
            throw new IllegalArgumentException("a switch must end in its method: jumps=" + count);
        }
        return (int) count;
    }

    private static int u4(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }
}
