package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/** Whether a collection of the shadow heap follows a referent depends on the kind of reference. */
class ReferentsTest {

    private static final class Definitions implements DefinitionSink {
        private final List<TypeDefinition> types = new ArrayList<>();

        @Override
        public void type(TypeDefinition definition) {
            types.add(definition);
        }

        @Override
        public void site(SiteDefinition definition) {}

        @Override
        public void caller(CallerDefinition definition) {}
    }

    private final Definitions definitions = new Definitions();
    private final ClassTable classes = new ClassTable(definitions);
    private final TypeDescriber describer = new TypeDescriber(classes, definitions, ObjectModel.DEFAULT, 12);

    @BeforeEach
    void read() throws IOException {
        for (Class<?> each : List.of(Reference.class, Object.class)) {
            try (InputStream in =
                    ClassLoader.getSystemResourceAsStream(each.getName().replace('.', '/') + ".class")) {
                ClassFacts facts = new ClassFacts(true);
                new ClassReader(in.readAllBytes()).accept(new ClassScan(facts), 0);
                classes.enter(each.getName(), null, facts);
            }
        }
    }

    private List<FieldDefinition> referents(Class<?> type) {
        describer.define(type, 1, 0);
        return definitions.types.get(definitions.types.size() - 1).fields().stream()
                .filter(field -> field.name().equals("referent"))
                .toList();
    }

    private void assertWeak(boolean weak, Class<?> type) {
        assertEquals(
                List.of(weak),
                referents(type).stream().map(FieldDefinition::weak).toList(),
                type.getName());
    }

    @Test
    void whatAFinalizerHasNotSeenYetIsAliveAndSoIsWhatIsSoftlyReachable() throws ClassNotFoundException {
        assertWeak(false, Class.forName("java.lang.ref.FinalReference"));
        assertWeak(false, SoftReference.class);
    }

    /** Nobody says otherwise, so what the superclass says holds. */
    @Test
    void whatIsWeaklyOrPhantomReachableIsNot() {
        assertWeak(true, Reference.class);
        assertEquals(List.of(), referents(WeakReference.class));
        assertEquals(List.of(), referents(PhantomReference.class));
    }
}
