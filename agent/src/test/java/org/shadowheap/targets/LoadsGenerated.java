package org.shadowheap.targets;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Lesson: whatever a class file is, the JVM judges it as it would alone. Loads the classes named from the folder named first,
 * makes an instance of each with an array, and prints what is in the array then, or the error.
 */
public final class LoadsGenerated {

    /** Names the class to the JVM, or does not: the class file does. */
    private static final class Loader extends ClassLoader {

        private final Path folder;
        private final boolean names;

        Loader(Path folder, boolean names) {
            this.folder = folder;
            this.names = names;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                byte[] bytes = Files.readAllBytes(folder.resolve(name + ".class"));
                return defineClass(names ? name : null, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    private LoadsGenerated() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Path folder = Path.of(args[0]);
        for (String name : Arrays.asList(args).subList(1, args.length)) {
            for (boolean names : new boolean[] {true, false}) {
                System.out.println(name + ' ' + outcome(new Loader(folder, names), name));
            }
        }
    }

    private static String outcome(ClassLoader loader, String name) throws ReflectiveOperationException {
        Object[] array = new Object[4];
        try {
            loader.loadClass(name).getConstructor(Object[].class).newInstance((Object) array);
            return Arrays.toString(array);
        } catch (InvocationTargetException thrown) {
            return thrown.getCause() + " behind " + Arrays.toString(array);
        } catch (LinkageError refused) {
            // The first line, without numbers: where in the code something is depends on what else is in there.
            String message =
                    String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
            return refused.getClass().getName() + ": " + message.replaceAll("[0-9]+", "#");
        }
    }
}
