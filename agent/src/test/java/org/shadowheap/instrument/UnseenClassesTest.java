package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.drain.Definitions;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.targets.SilentThreads;

/** Classes that no transformer was told of. */
class UnseenClassesTest {

    private final Definitions definitions = new Definitions();
    private final TypeDescriber describer =
            new TypeDescriber(new ClassTable(definitions), definitions, ObjectModel.DEFAULT, 12);

    /** A class, and that of its field. */
    private static final String HOLDER = SilentThreads.class.getName() + "$Place";

    private static final String VALUE = SilentThreads.class.getName() + "$Node";

    /** Loads these two itself, and says so. */
    private static final class Loader extends ClassLoader {
        private final List<String> loaded = new ArrayList<>();

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(SilentThreads.class.getName())) {
                return super.loadClass(name, resolve);
            }
            try (InputStream file = SilentThreads.class.getResourceAsStream('/' + name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                loaded.add(name);
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    @Test
    void whatTheirFieldsNeedIsLoadedBeforehand() throws Exception {
        Loader loader = new Loader();
        Class<?> holder = loader.loadClass(HOLDER);
        describer.askForUnseen(new Class<?>[] {Object[].class, holder});
        assertEquals(List.of(HOLDER, VALUE), loader.loaded);
        assertNotNull(describer.layout(holder));
        assertEquals(List.of(HOLDER, VALUE), loader.loaded, "by the barrier");
    }
}
