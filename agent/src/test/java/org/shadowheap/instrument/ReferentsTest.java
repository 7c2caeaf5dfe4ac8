package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.shadowheap.barrier.Layout;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.FieldDefinition;
import org.shadowheap.event.ObjectModel;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;
import org.shadowheap.targets.KindsOfReference;

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
    void read() throws IOException, ClassNotFoundException {
        for (Class<?> each : List.of(
                Object.class,
                Reference.class,
                SoftReference.class,
                WeakReference.class,
                PhantomReference.class,
                Class.forName("java.lang.ref.FinalReference"),
                entryOfTheTableOfMethodTypes(),
                KindsOfReference.Plain.class,
                KindsOfReference.WithGet.class)) {
            try (InputStream in =
                    ClassLoader.getSystemResourceAsStream(each.getName().replace('.', '/') + ".class")) {
                ClassFacts facts = new ClassFacts(true);
                new ClassReader(in.readAllBytes()).accept(new ClassScan(facts, false), 0);
                classes.enter(each.getName(), each.getClassLoader(), facts);
            }
        }
    }

    private static Class<?> entryOfTheTableOfMethodTypes() throws ClassNotFoundException {
        return Class.forName(
                Runtime.version().feature() < 21
                        ? "java.lang.invoke.MethodType$ConcurrentWeakInternSet$WeakEntry"
                        : "jdk.internal.util.WeakReferenceKey");
    }

    private List<FieldDefinition> referents(Class<?> type) {
        describer.define(type, 1, 0);
        return definitions.types.get(definitions.types.size() - 1).fields().stream()
                .filter(field -> field.name().equals("referent"))
                .toList();
    }

    private void assertRead(boolean read, Class<?> type) {
        Layout layout = Objects.requireNonNull(describer.layout(type));
        Unsafe unsafe = Unsafe.getUnsafe();
        long referent = unsafe.objectFieldOffset(Reference.class, "referent");
        assertEquals(read ? referent : Layout.UNREADABLE, layout.referent, type.getName());
        // What is read like any other field is a strong reference from then on, whatever the collector has decided.
        LongPredicate isTheCollectors =
                offset -> offset == referent || offset == unsafe.objectFieldOffset(Reference.class, "discovered");
        assertTrue(Arrays.stream(layout.fields).noneMatch(isTheCollectors), type.getName());
        assertEquals(2, layout.fields.length, type.getName());
    }

    /** Seen as crashes of JDK 25 with ZGC: phantom referents were read while they were being collected. */
    @Test
    void aReferentIsReadByTheMethodThatTheCollectorKnowsOrNotAtAll() throws ClassNotFoundException {
        assertRead(true, WeakReference.class);
        assertRead(true, SoftReference.class);
        assertRead(true, KindsOfReference.Plain.class);
        assertRead(false, PhantomReference.class);
        assertRead(false, Class.forName("java.lang.ref.FinalReference"));
        assertRead(false, KindsOfReference.WithGet.class);
        assertRead(false, KindsOfReference.NeverSeen.class);
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

    /** The program gets it back from there again and again, whenever the shadow heap collected. */
    @Test
    void soIsAMethodTypeOfTheTableThatTheyAllComeFrom() throws ClassNotFoundException {
        assertWeak(false, entryOfTheTableOfMethodTypes());
    }

    /** Nobody says otherwise, so what the superclass says holds. */
    @Test
    void whatIsWeaklyOrPhantomReachableIsNot() {
        assertWeak(true, Reference.class);
        assertEquals(List.of(), referents(WeakReference.class));
        assertEquals(List.of(), referents(PhantomReference.class));
    }
}
