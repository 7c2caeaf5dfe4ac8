package org.shadowheap.instrument;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * First pass over a class file (JVMS 4.1): its fields, and for each method how many locals it has and whether anything in it
 * needs a barrier.
 *
 * <p>Reads the bytes themselves. When the agent starts, hundreds of classes pass through here while this code is still
 * interpreted: a string for each name that an instruction mentions would take longer than all the rest.
 */
final class ClassScan {

    /** Bytes in front of the attributes of a field or method: access, name, descriptor. */
    private static final int MEMBER_BYTES = 6;

    /** Bytes in front of the content of an attribute: name, length. */
    private static final int ATTRIBUTE_BYTES = 6;

    /** Bytes in front of the code in a Code attribute: most words of stack and locals, length. */
    private static final int CODE_BYTES = 8;

    /** Locals of each method in the order of the file; -1 if the method needs no change, or has no room. */
    final int[] locals;

    /** Bytes of code of each method in the order of the file, 0 if it has none. */
    final int[] lengths;

    /** Where each method begins, and where the last ends. */
    final int[] begins;

    /** Where access and names of the class are, where its fields, and the end of the file. */
    final int header;

    final int fieldTable;
    final int end;

    /** Where the attribute BootstrapMethods begins; 0 if there is none. */
    int bootstrapMethods;

    /** Methods that need a change and have no room for it, by number. */
    final Map<Integer, FittedClass.LeftOut> leftOut = new TreeMap<>();

    /** Methods with subroutines (JSR, RET), which no compiler has made since Java 6, by number. */
    final Set<Integer> subroutines = new HashSet<>();

    /** Numbers of constructors that may initialize {@code this} in several places, or nobody knows where. */
    final Set<Integer> branching = new HashSet<>();

    private final byte[] bytes;
    private final ClassFacts facts;
    private final ConstantPool pool;
    private final CodeScan code;
    private final String className;
    private final String[] interfaces;
    private final boolean namesMethods;
    private boolean needed;
    private int sites;

    /**
     * Scans a class.
     *
     * @param reader of the same bytes
     * @param facts is told of the fields
     * @throws RuntimeException if these bytes are no class file
     */
    ClassScan(ClassReader reader, byte[] bytes, ClassFacts facts) {
        this.bytes = bytes;
        this.facts = facts;
        this.pool = new ConstantPool(reader, bytes);
        this.code = new CodeScan(pool, bytes);
        this.className = reader.getClassName();
        this.interfaces = reader.getInterfaces();
        this.namesMethods = namesMethods(className, interfaces);
        // Behind the header: access, name, superclass, interfaces.
        this.header = reader.header;
        this.fieldTable = header + 8 + 2 * interfaces.length;
        int at = fields(fieldTable);
        this.locals = new int[u2(at)];
        this.lengths = new int[locals.length];
        this.begins = new int[locals.length + 1];
        this.end = attributes(methods(at + 2));
        if (code.namesFields()) {
            // Fields that are also reached through a handle are as good as volatile: their plain stores may race.
            facts.share(code.strings());
        }
    }

    /** Whether any method needs a change. */
    boolean needsRewriting() {
        return needed;
    }

    /** How many sites the class has at most. */
    int sites() {
        return sites;
    }

    /**
     * Whether elements of arrays may be written by compare-and-set: then a plain store to an element may race with it, and
     * needs a ticket although the array is the thread's own.
     */
    boolean sharesArrays() {
        return code.sharesArrays();
    }

    private int fields(int table) {
        int at = table + 2;
        for (int left = u2(table); left > 0; left--) {
            at = field(at);
        }
        return at;
    }

    private int field(int at) {
        int access = u2(at);
        boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
        String name = pool.read(at + 2);
        int bytesOfValue = ClassFacts.primitiveBytes((char) pool.first(pool.text(at + 4)));
        facts.fields.add(new ClassFacts.Field(name, bytesOfValue, isStatic, (access & Opcodes.ACC_VOLATILE) != 0));
        int attribute = at + MEMBER_BYTES + 2;
        for (int left = u2(at + MEMBER_BYTES); left > 0; left--) {
            int end = end(attribute);
            if (isStatic
                    && pool.is(pool.text(attribute), "ConstantValue")
                    && pool.isString(u2(attribute + ATTRIBUTE_BYTES))) {
                facts.constants.add(name);
            }
            attribute = end;
        }
        return attribute;
    }

    private int methods(int first) {
        int at = first;
        for (int index = 0; index < locals.length; index++) {
            locals[index] = -1;
            begins[index] = at;
            int attribute = at + MEMBER_BYTES + 2;
            for (int left = u2(at + MEMBER_BYTES); left > 0; left--) {
                int end = end(attribute);
                if (pool.is(pool.text(attribute), "Code")) {
                    method(index, at, attribute + ATTRIBUTE_BYTES, end);
                }
                attribute = end;
            }
            at = attribute;
        }
        begins[locals.length] = at;
        return at;
    }

    /** Reads a Code attribute: most words of stack, of locals, length of the code, code. */
    private void method(int index, int at, int attribute, int end) {
        int length = u4(attribute + 4);
        if (length < 0 || length > end - attribute - CODE_BYTES) {
            throw new IllegalArgumentException("code must end in its attribute: bytes=" + length);
        }
        lengths[index] = length;
        code.read(attribute + CODE_BYTES, attribute + CODE_BYTES + length);
        boolean hooked = namesMethods && isHooked(className, interfaces, pool.read(at + 2), pool.read(at + 4));
        boolean never = namesMethods && Intrinsics.isHookedByCallers(className, pool.read(at + 2), pool.read(at + 4));
        if ((hooked || code.makesObjects() || code.stores() > 0) && !never) {
            needs(index, at, hooked, u2(attribute), u2(attribute + 2));
        }
        if (code.hasSubroutines()) {
            subroutines.add(index);
        }
    }

    private void needs(int index, int at, boolean hooked, int maxStack, int maxLocals) {
        needed = true;
        if (code.initializations() != 1 && pool.is(pool.text(at + 2), "<init>")) {
            branching.add(index);
        }
        if (MethodRewriter.hasRoom(maxStack, maxLocals) || hooked) {
            locals[index] = maxLocals;
            sites += code.stores();
        } else {
            leftOut.put(
                    index,
                    new FittedClass.LeftOut(
                            pool.read(at + 2) + pool.read(at + 4),
                            "no room for more: maxLocals=" + maxLocals + " maxStack=" + maxStack));
        }
    }

    /** Reads the attributes of the class; returns where they end. */
    private int attributes(int table) {
        int at = table + 2;
        for (int left = u2(table); left > 0; left--) {
            int end = end(at);
            if (pool.is(pool.text(at), "BootstrapMethods")) {
                bootstrapMethods = at;
            }
            at = end;
        }
        return at;
    }

    private int end(int attribute) {
        return end(bytes, attribute);
    }

    private int u2(int at) {
        return u2(bytes, at);
    }

    private int u4(int at) {
        return u2(at) << 16 | u2(at + 2);
    }

    /** Where a field or method ends that begins at {@code at}. */
    static int endOfMember(byte[] bytes, int at) {
        int attribute = at + MEMBER_BYTES + 2;
        for (int left = u2(bytes, at + MEMBER_BYTES); left > 0; left--) {
            attribute = end(bytes, attribute);
        }
        return attribute;
    }

    /** Where an attribute ends. */
    static int end(byte[] bytes, int attribute) {
        int length = u2(bytes, attribute + 2) << 16 | u2(bytes, attribute + 4);
        int content = attribute + ATTRIBUTE_BYTES;
        if (length < 0 || length > bytes.length - content) {
            throw new IllegalArgumentException("attribute must end in the file: bytes=" + length);
        }
        return content + length;
    }

    private static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    /** Whether what is to be done to a method of a class may depend on the method's name. */
    private static boolean namesMethods(String className, String[] interfaces) {
        return className.equals("java/lang/Object")
                || HiddenClassHook.isIn(interfaces)
                || LinkageHook.isIn(className)
                || Intrinsics.hasMethodsHookedByCallers(className);
    }

    /** Whether the agent cannot do without the calls in a method: it is never left as it is. */
    static boolean isHooked(String className, String[] interfaces, String name, String descriptor) {
        return className.equals("java/lang/Object") && name.equals("<init>")
                || HiddenClassHook.isFor(interfaces, name, descriptor)
                || LinkageHook.isFor(className, name);
    }

    /** Binary name of a type that an instruction names; of an array its element type with brackets. */
    static String binaryName(String internalName) {
        return internalName.startsWith("[")
                ? Type.getType(internalName).getClassName()
                : internalName.replace('/', '.');
    }
}
