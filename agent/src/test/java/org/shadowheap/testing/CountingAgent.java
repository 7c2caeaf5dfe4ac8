package org.shadowheap.testing;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Another agent, which has nothing in common with ours: behind each instruction that stores a reference, in the classes that the
 * system class loader loads, it puts a call of {@link StoreCounter}. When the JVM ends it writes what was counted to the file that
 * is its argument, for {@link CountedStores} to read. To be put in a jar; the class path has ASM.
 *
 * <p>Counted are {@code putfield}, {@code putstatic}, {@code aastore}, {@code System.arraycopy} by its elements and
 * {@code Array.set}, once they are done. Not seen are hidden classes, of which the JVM tells no transformer.
 */
public final class CountingAgent implements ClassFileTransformer {

    private static final String COUNTER = StoreCounter.class.getName().replace('.', '/');
    private static final String OBJECT = "Ljava/lang/Object;";

    /** What this agent needs itself. */
    private static final String ASM = "org/objectweb/asm/";

    /** Of our classes only programs are counted in; the agent's own are in the same class loader. */
    private static final String OURS = "org/shadowheap/";

    private static final String TARGETS = "org/shadowheap/targets/";
    private static final String SAMPLES = "org/shadowheap/samples/";

    /** The field is null for elements of arrays; its class may be one that inherits it. */
    private record Site(ClassLoader loader, String type, String method, int line, String owner, String field) {}

    private final List<Site> sites = new ArrayList<>();
    private final Set<String> classes = new TreeSet<>();
    private final Set<String> failed = new TreeSet<>();

    private CountingAgent() {}

    public static void premain(String argument, Instrumentation instrumentation) throws IOException {
        CountingAgent agent = new CountingAgent();
        agent.rehearse();
        instrumentation.addTransformer(agent);
        Path file = Path.of(argument).toAbsolutePath();
        Runtime.getRuntime().addShutdownHook(new Thread("counts") {
            @Override
            public void run() {
                try {
                    Files.write(file, agent.lines());
                } catch (IOException | ReflectiveOperationException failure) {
                    System.err.println("not written: " + failure);
                }
            }
        });
    }

    /** What it needs is loaded before anybody can wait for it. */
    private void rehearse() throws IOException {
        String file = '/' + CountingAgent.class.getName().replace('.', '/') + ".class";
        try (var bytes = CountingAgent.class.getResourceAsStream(file)) {
            count(ClassLoader.getSystemClassLoader(), bytes.readAllBytes());
        }
        classes.clear();
        StoreCounter.count(0);
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (loader != ClassLoader.getSystemClassLoader() || name == null || !isOfTheProgram(name)) {
            return null;
        }
        try {
            return count(loader, bytes);
        } catch (RuntimeException failure) {
            synchronized (this) {
                failed.add(name + ' ' + failure);
            }
            return null;
        }
    }

    private static boolean isOfTheProgram(String name) {
        return !name.startsWith(ASM)
                && (!name.startsWith(OURS) || name.startsWith(TARGETS) || name.startsWith(SAMPLES));
    }

    private synchronized byte[] count(ClassLoader loader, byte[] bytes) {
        ClassNode type = new ClassNode();
        new ClassReader(bytes).accept(type, 0);
        for (MethodNode method : type.methods) {
            count(loader, type.name.replace('/', '.'), method);
        }
        ClassWriter writer = new ClassWriter(0);
        type.accept(writer);
        byte[] counting = writer.toByteArray();
        classes.add(type.name.replace('/', '.'));
        return counting;
    }

    private void count(ClassLoader loader, String type, MethodNode method) {
        String name = method.name + method.desc;
        int line = -1;
        int free = method.maxLocals;
        for (AbstractInsnNode at : method.instructions.toArray()) {
            if (at instanceof LineNumberNode number) {
                line = number.line;
            } else if (at instanceof FieldInsnNode store && stores(store)) {
                count(method, at, site(loader, type, name, line, store.owner.replace('/', '.'), store.name));
            } else if (at.getOpcode() == Opcodes.AASTORE) {
                count(method, at, site(loader, type, name, line, null, null));
            } else if (at instanceof MethodInsnNode call && isCall(call, "java/lang/System", "arraycopy")) {
                countCopied(method, call, free, site(loader, type, name, line, null, null));
            } else if (at instanceof MethodInsnNode call && isCall(call, "java/lang/reflect/Array", "set")) {
                countSet(method, call, free, site(loader, type, name, line, null, null));
            }
        }
    }

    private int site(ClassLoader loader, String type, String method, int line, String owner, String field) {
        sites.add(new Site(loader, type, method, line, owner, field));
        return sites.size();
    }

    private static boolean stores(FieldInsnNode at) {
        return (at.getOpcode() == Opcodes.PUTFIELD || at.getOpcode() == Opcodes.PUTSTATIC)
                && (at.desc.startsWith("L") || at.desc.startsWith("["));
    }

    private static boolean isCall(MethodInsnNode call, String owner, String name) {
        return call.owner.equals(owner) && call.name.equals(name);
    }

    private static MethodInsnNode call(String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, COUNTER, "count", descriptor, false);
    }

    private static void count(MethodNode method, AbstractInsnNode store, int site) {
        InsnList more = new InsnList();
        more.add(new LdcInsnNode(site));
        more.add(call("(I)V"));
        method.instructions.insert(store, more);
        method.maxStack++;
    }

    private static void countCopied(MethodNode method, MethodInsnNode copy, int free, int site) {
        // Stack: ..., source, from, array, to, length
        int[] kinds = {Opcodes.ALOAD, Opcodes.ILOAD, Opcodes.ALOAD, Opcodes.ILOAD, Opcodes.ILOAD};
        InsnList more = new InsnList();
        for (int i = kinds.length - 1; i >= 0; i--) {
            more.add(new VarInsnNode(kinds[i] == Opcodes.ALOAD ? Opcodes.ASTORE : Opcodes.ISTORE, free + i));
        }
        load(more, kinds, free);
        more.add(new LdcInsnNode(site));
        more.add(call('(' + OBJECT + 'I' + OBJECT + "III)V"));
        load(more, kinds, free);
        method.instructions.insertBefore(copy, more);
        method.maxStack++;
        method.maxLocals = Math.max(method.maxLocals, free + kinds.length);
    }

    private static void load(InsnList more, int[] kinds, int first) {
        for (int i = 0; i < kinds.length; i++) {
            more.add(new VarInsnNode(kinds[i], first + i));
        }
    }

    private static void countSet(MethodNode method, MethodInsnNode set, int free, int site) {
        // Stack: ..., array, index, value
        InsnList before = new InsnList();
        before.add(new VarInsnNode(Opcodes.ASTORE, free + 1));
        before.add(new InsnNode(Opcodes.SWAP));
        before.add(new InsnNode(Opcodes.DUP));
        before.add(new VarInsnNode(Opcodes.ASTORE, free));
        before.add(new InsnNode(Opcodes.SWAP));
        before.add(new VarInsnNode(Opcodes.ALOAD, free + 1));
        method.instructions.insertBefore(set, before);
        InsnList after = new InsnList();
        after.add(new VarInsnNode(Opcodes.ALOAD, free));
        after.add(new LdcInsnNode(site));
        after.add(call('(' + OBJECT + "I)V"));
        method.instructions.insert(set, after);
        method.maxStack++;
        method.maxLocals = Math.max(method.maxLocals, free + 2);
    }

    private synchronized List<String> lines() throws ReflectiveOperationException {
        List<String> lines = new ArrayList<>();
        classes.forEach(each -> lines.add("class\t" + each));
        failed.forEach(each -> lines.add("failed\t" + each));
        for (int i = 0; i < sites.size(); i++) {
            Site site = sites.get(i);
            long counted = StoreCounter.counted(i + 1);
            if (counted > 0) {
                String field = site.field == null ? "[]" : declared(site);
                lines.add(String.join("\t", "stores", site.type, site.method, "" + site.line, field, "" + counted));
            }
        }
        return lines;
    }

    /** The field under the name of the class that declares it. */
    private static String declared(Site site) throws ClassNotFoundException {
        for (Class<?> at = Class.forName(site.owner, false, site.loader); at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (field.getName().equals(site.field)) {
                    return at.getName() + '.' + site.field;
                }
            }
        }
        return site.owner + '.' + site.field;
    }
}
