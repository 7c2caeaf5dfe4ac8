package org.shadowheap.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import jdk.internal.misc.Unsafe;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Defines the boot-resident classes in the boot loader, straight from the agent's jar.
 *
 * <p>Appending to the boot class path would do the same, but makes the JVM print a warning about class data sharing.
 */
final class BootClasses {

    /** The packages whose classes are boot-resident, all of them. */
    static final List<String> PACKAGES = List.of("org/shadowheap/barrier/", "org/shadowheap/event/layout/");

    private static final String CARRIER = "org/shadowheap/barrier/CarrierThread";

    /** Of the class files in the agent's jar; 0 before it was read. */
    private static long checksum;

    private BootClasses() {}

    /** Tells one agent from another: a checksum of the class files in its jar; 0 before the boot-resident ones are defined. */
    static long agentChecksum() {
        return checksum;
    }

    /** Path of the jar that holds the agent. */
    static Path agentJar() throws URISyntaxException {
        return Path.of(BootClasses.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** Returns the classes, none of which is initialized. */
    static List<Class<?>> define(Instrumentation instrumentation) throws IOException, URISyntaxException {
        Unsafe unsafe = Unsafe.getUnsafe();
        List<Class<?>> defined = new ArrayList<>();
        boolean granted = false;
        try (JarFile jar = new JarFile(agentJar().toFile())) {
            for (String file : files()) {
                byte[] bytes;
                try (InputStream in = jar.getInputStream(jar.getEntry(file))) {
                    bytes = in.readAllBytes();
                }
                String name = file.substring(0, file.length() - ".class".length());
                if (name.equals(CARRIER) && Runtime.version().feature() >= 21) {
                    bytes = withCarriers(bytes);
                }
                Class<?> type = unsafe.defineClass(name, bytes, 0, bytes.length, null, null);
                defined.add(type);
                if (!granted) {
                    ModuleAccess.grant(instrumentation, type.getModule());
                    granted = true;
                }
                if (name.equals(BarrierEntry.TARGET)) {
                    ModuleAccess.letJavaBaseRead(instrumentation, type.getModule());
                    byte[] entryBytes = BarrierEntry.forwardingTo(bytes);
                    defined.add(unsafe.defineClass(BarrierEntry.NAME, entryBytes, 0, entryBytes.length, null, null));
                }
            }
        }
        return defined;
    }

    /**
     * Initializes what was defined. A barrier that is the first to need a class may have too little stack to initialize it: the
     * class would be unusable from then on. And the JVM would load its error for that, and print on stderr that it has no stack
     * to tell us of it; so might a class of the program, therefore the error is loaded here, too.
     */
    static void initialize(List<Class<?>> defined) throws ClassNotFoundException {
        Unsafe unsafe = Unsafe.getUnsafe();
        for (Class<?> type : defined) {
            unsafe.ensureClassInitialized(type);
        }
        Class.forName(ExceptionInInitializerError.class.getName());
    }

    /** Outer classes before inner ones, interfaces as they come: no class of ours extends another. */
    private static List<String> files() throws IOException, URISyntaxException {
        JarDirectory directory = JarDirectory.of(agentJar().toFile());
        checksum = directory.checksum();
        List<String> files = new ArrayList<>();
        for (String each : PACKAGES) {
            for (String name : directory.beginningWith(each)) {
                if (isBootResident(name)) {
                    files.add(name);
                }
            }
        }
        if (files.isEmpty()) {
            throw new IllegalStateException("the agent's jar holds no boot-resident classes: jar=" + agentJar());
        }
        return files;
    }

    private static boolean isBootResident(String name) {
        return name.endsWith(".class") && !name.endsWith("package-info.class");
    }

    /** Lets {@code CarrierThread.current} ask for the carrier: only 21 and later have the method it calls. */
    private static byte[] withCarriers(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        return name.equals("current") ? new CarrierCall(next) : next;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class CarrierCall extends MethodVisitor {

        private static final String ACCESS = "jdk/internal/access/JavaLangAccess";

        CarrierCall(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            super.visitFieldInsn(Opcodes.GETSTATIC, CARRIER, "ACCESS", 'L' + ACCESS + ';');
            super.visitMethodInsn(
                    Opcodes.INVOKEINTERFACE, ACCESS, "currentCarrierThread", "()Ljava/lang/Thread;", true);
        }
    }
}
