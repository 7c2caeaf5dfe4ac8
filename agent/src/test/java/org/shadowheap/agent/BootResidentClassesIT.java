package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;
import org.shadowheap.targets.Links;
import org.shadowheap.targets.VisibleClasses;
import org.shadowheap.testing.Jdk;

/** The classes that live in the boot loader, read from the built jar: java.base is all they have there. */
class BootResidentClassesIT {

    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\w/$]+)[;<]");
    private static final Set<String> JAVA_BASE_PACKAGES =
            Object.class.getModule().getDescriptor().packages();

    @TempDir
    private Path folder;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    /**
     * Every reference in the constant pool. Annotations are left out: the JVM never resolves them. Those of JSpecify are the
     * ones that occur, and those of jdk.internal.vm.annotation, which are in java.base.
     */
    @Test
    void theyReferToClassesOfJavaBaseAndToEachOtherAlone() throws IOException {
        Map<String, byte[]> classes = bootResident();
        Map<String, Set<String>> strangers = new TreeMap<>();
        classes.forEach((name, bytes) -> {
            Set<String> found = new TreeSet<>(references(withoutAnnotations(bytes)));
            found.removeIf(each -> classes.containsKey(each) || isInJavaBase(each));
            if (!found.isEmpty()) {
                strangers.put(name, found);
            }
        });
        assertEquals(Map.of(), strangers);
    }

    @Test
    void theOnlyAnnotationsFromElsewhereAreThoseOfJSpecify() throws IOException {
        Set<String> strangers = new TreeSet<>();
        bootResident()
                .values()
                .forEach(bytes ->
                        new ClassReader(bytes).accept(new AnnotationFilter(null, strangers), ClassReader.SKIP_FRAMES));
        strangers.removeIf(each -> each.startsWith("org/jspecify/annotations/") || isInJavaBase(each));
        assertEquals(Set.of(), strangers);
    }

    /** A lambda or a concatenation would link through hidden classes while the barrier runs. */
    @Test
    void noneUsesInvokedynamic() throws IOException {
        List<String> dynamic = new ArrayList<>();
        bootResident().forEach((name, bytes) -> {
            ClassVisitor visitor = new ClassVisitor(Opcodes.ASM9) {
                @Override
                public MethodVisitor visitMethod(
                        int access, String method, String descriptor, String signature, String[] exceptions) {
                    return new MethodVisitor(Opcodes.ASM9) {
                        @Override
                        public void visitInvokeDynamicInsn(
                                String called, String type, org.objectweb.asm.Handle handle, Object... arguments) {
                            dynamic.add(name + '.' + method);
                        }
                    };
                }
            };
            new ClassReader(bytes).accept(visitor, 0);
        });
        assertEquals(List.of(), dynamic);
    }

    /** A barrier may have too little stack to initialize a class, and so may the program, whose error is loaded before, too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void theyAreInitializedBeforeTheProgramBegins(Jdk jdk) throws Exception {
        List<String> options = List.of("-Xlog:class+init=info,class+load:file=classes.txt", TargetProgram.agent(""));
        new TargetProgram(jdk, folder)
                .run(options, TargetProgram.classPath(), Links.class)
                .succeeded();
        List<String> lines = Files.readAllLines(folder.resolve("classes.txt"));
        int begin = 0;
        while (!lines.get(begin).contains(' ' + Links.class.getName() + ' ')) {
            begin++;
        }
        List<String> before = lines.subList(0, begin);
        assertTrue(before.stream().anyMatch(line -> line.contains(" java.lang.ExceptionInInitializerError ")));
        assertTrue(before.stream().anyMatch(line -> line.contains("Initializing 'org/shadowheap/barrier/")));
        List<String> late = lines.subList(begin, lines.size()).stream()
                .filter(line -> BootClasses.PACKAGES.stream().anyMatch(each -> line.contains("Initializing '" + each))
                        || line.contains("Initializing '" + BarrierEntry.NAME + '\''))
                .toList();
        assertEquals(List.of(), late);
    }

    /** The agent defines whole packages: none of their classes is missing, and none is loaded a second time. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void underTheAgentEachComesFromTheBootLoaderAndNoOtherOfOursDoes(Jdk jdk) throws Exception {
        List<String> expected = new ArrayList<>();
        try (JarFile jar = new JarFile(TargetProgram.JAR)) {
            for (String name : ours(jar)) {
                boolean boot = BootClasses.PACKAGES.stream().anyMatch(name::startsWith);
                expected.add(name.replace('/', '.') + ' ' + (boot ? "boot" : "app"));
            }
        }
        String[] names = expected.stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toArray(String[]::new);
        List<String> found = new TargetProgram(jdk, folder)
                .watched("report=none", VisibleClasses.class, names)
                .succeeded()
                .out()
                .lines()
                .toList();
        assertEquals(expected, found);
    }

    private static Map<String, byte[]> bootResident() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        try (JarFile jar = new JarFile(TargetProgram.JAR)) {
            for (String name : ours(jar)) {
                if (BootClasses.PACKAGES.stream().anyMatch(name::startsWith)) {
                    try (InputStream in = jar.getInputStream(jar.getEntry(name + ".class"))) {
                        classes.put(name, in.readAllBytes());
                    }
                }
            }
        }
        assertTrue(classes.containsKey("org/shadowheap/barrier/WriteBarrier"));
        assertTrue(classes.containsKey("org/shadowheap/event/layout/EventRecord"));
        return classes;
    }

    private static List<String> ours(JarFile jar) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class")
                        && !name.endsWith("package-info.class")
                        && !name.startsWith("org/shadowheap/shaded/"))
                .map(name -> name.substring(0, name.length() - ".class".length()))
                .toList();
    }

    private static boolean isInJavaBase(String name) {
        int end = name.lastIndexOf('/');
        return end > 0 && JAVA_BASE_PACKAGES.contains(name.substring(0, end).replace('/', '.'));
    }

    private static byte[] withoutAnnotations(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(new AnnotationFilter(writer, new TreeSet<>()), 0);
        return writer.toByteArray();
    }

    /** Internal names in class entries and descriptors of a constant pool. */
    private static Set<String> references(byte[] bytes) {
        Set<String> names = new TreeSet<>();
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item != 0 && reader.readByte(item - 1) == 7) {
                String name = reader.readUTF8(item, buffer);
                Type type = Type.getObjectType(name);
                while (type.getSort() == Type.ARRAY) {
                    type = type.getElementType();
                }
                if (type.getSort() == Type.OBJECT) {
                    names.add(type.getInternalName());
                }
            }
        }
        for (String text : ConstantPool.strings(reader)) {
            if (text.startsWith("(") || text.startsWith("L") || text.startsWith("[") || text.startsWith("<")) {
                Matcher matcher = IN_DESCRIPTOR.matcher(text);
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    /** Drops annotations and notes their types. */
    private static final class AnnotationFilter extends ClassVisitor {
        private final Set<String> types;

        AnnotationFilter(ClassVisitor next, Set<String> types) {
            super(Opcodes.ASM9, next);
            this.types = types;
        }

        private AnnotationVisitor drop(String descriptor) {
            types.add(Type.getType(descriptor).getInternalName());
            return null;
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return drop(descriptor);
        }

        @Override
        public AnnotationVisitor visitTypeAnnotation(int reference, TypePath path, String descriptor, boolean visible) {
            return drop(descriptor);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            FieldVisitor next = super.visitField(access, name, descriptor, signature, value);
            return new FieldVisitor(Opcodes.ASM9, next) {
                @Override
                public AnnotationVisitor visitAnnotation(String type, boolean visible) {
                    return drop(type);
                }

                @Override
                public AnnotationVisitor visitTypeAnnotation(
                        int reference, TypePath path, String type, boolean visible) {
                    return drop(type);
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public AnnotationVisitor visitAnnotation(String type, boolean visible) {
                    return drop(type);
                }

                @Override
                public AnnotationVisitor visitTypeAnnotation(
                        int reference, TypePath path, String type, boolean visible) {
                    return drop(type);
                }

                @Override
                public AnnotationVisitor visitParameterAnnotation(int parameter, String type, boolean visible) {
                    return drop(type);
                }

                @Override
                public AnnotationVisitor visitInsnAnnotation(
                        int reference, TypePath path, String type, boolean visible) {
                    return drop(type);
                }

                @Override
                public AnnotationVisitor visitTryCatchAnnotation(
                        int reference, TypePath path, String type, boolean visible) {
                    return drop(type);
                }

                @Override
                public AnnotationVisitor visitLocalVariableAnnotation(
                        int reference,
                        TypePath path,
                        org.objectweb.asm.Label[] start,
                        org.objectweb.asm.Label[] end,
                        int[] index,
                        String type,
                        boolean visible) {
                    return drop(type);
                }
            };
        }
    }
}
