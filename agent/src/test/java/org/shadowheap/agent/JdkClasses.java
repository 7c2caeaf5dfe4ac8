package org.shadowheap.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.shadowheap.agent.ConstantPool.Member;
import org.shadowheap.testing.Jdk;

/** The classes of a JDK, read from its image, whether it runs or not. */
final class JdkClasses implements AutoCloseable {

    private final FileSystem image;
    private final Map<String, Type> types = new HashMap<>();

    /**
     * A class of the image.
     *
     * @param constants fields whose value is in the class file, where a compiler takes it
     */
    record Type(List<String> supertypes, Set<String> members, Set<String> polymorphic, Set<String> constants) {}

    JdkClasses(Jdk jdk) throws IOException {
        image = FileSystems.newFileSystem(
                URI.create("jrt:/"), Map.of("java.home", jdk.home().toString()));
    }

    @Override
    public void close() throws IOException {
        image.close();
    }

    /** Whether a member is there, in its class or in one that it inherits from. */
    boolean has(Member member) throws IOException {
        return member.owner().startsWith("[") || has(member.owner(), member);
    }

    private boolean has(String owner, Member member) throws IOException {
        Type type = type(owner);
        if (type == null) {
            return false;
        }
        if (type.members.contains(member.name() + member.descriptor()) || type.polymorphic.contains(member.name())) {
            return true;
        }
        for (String each : type.supertypes) {
            if (has(each, member)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Type type(String name) throws IOException {
        Type known = types.get(name);
        if (known == null) {
            Path file = file(name);
            if (file == null) {
                return null;
            }
            known = read(Files.readAllBytes(file));
            types.put(name, known);
        }
        return known;
    }

    private @Nullable Path file(String name) throws IOException {
        int end = name.lastIndexOf('/');
        Path modules =
                image.getPath("/packages", name.substring(0, Math.max(end, 0)).replace('/', '.'));
        if (end < 0 || !Files.isDirectory(modules)) {
            return null;
        }
        try (Stream<Path> all = Files.list(modules)) {
            return all.map(module ->
                            image.getPath("/modules", module.getFileName().toString(), name + ".class"))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static Type read(byte[] file) {
        ClassReader reader = new ClassReader(file);
        Type type = new Type(new ArrayList<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        if (reader.getSuperName() != null) {
            type.supertypes.add(reader.getSuperName());
        }
        type.supertypes.addAll(List.of(reader.getInterfaces()));
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public @Nullable FieldVisitor visitField(
                            int access, String name, String descriptor, String signature, Object value) {
                        type.members.add(name + descriptor);
                        if (value != null) {
                            type.constants.add(name);
                        }
                        return null;
                    }

                    @Override
                    public @Nullable MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        type.members.add(name + descriptor);
                        // Of MethodHandle and VarHandle: may be called with any descriptor.
                        if ((access & Opcodes.ACC_NATIVE) != 0 && descriptor.startsWith("([Ljava/lang/Object;)")) {
                            type.polymorphic.add(name);
                        }
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return type;
    }
}
