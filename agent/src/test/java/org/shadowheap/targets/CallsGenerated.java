package org.shadowheap.targets;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * Lesson: a class that cannot be rewritten works as it is. Loads the class named first from the folder named second, in two
 * loaders, and lets it fill an array.
 */
public final class CallsGenerated {

    private CallsGenerated() {}

    public static void main(String[] args) throws Exception {
        URL[] folder = {java.nio.file.Path.of(args[1]).toUri().toURL()};
        for (int i = 0; i < 2; i++) {
            try (URLClassLoader loader = new URLClassLoader(folder)) {
                Method fill = loader.loadClass(args[0]).getMethod("fill", Object[].class, Object.class);
                Object[] array = new Object[16];
                fill.invoke(null, array, "filled");
                System.out.println(Arrays.toString(array));
            }
        }
    }
}
