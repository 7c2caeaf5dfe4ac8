package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known of classes that are being defined; any class stands for a hidden one. */
class HiddenDefinitionsTest {

    private static final String NAME = String.class.getName();

    private final HiddenDefinitions definitions = new HiddenDefinitions();
    private final ClassFacts facts = new ClassFacts(true);
    private final byte[] bytes = {1};

    private @Nullable ClassFacts foundByAnotherThread() {
        return CompletableFuture.supplyAsync(() -> definitions.find(String.class))
                .join();
    }

    @Test
    void aClassIsFoundWhileItIsDefinedAndAfterwards() {
        definitions.begin(NAME, bytes, facts);
        assertSame(facts, definitions.find(String.class));
        assertNull(definitions.find(Integer.class));
        definitions.end(String.class, bytes);
        assertSame(facts, definitions.find(String.class));
        assertSame(facts, foundByAnotherThread());
    }

    @Test
    void anotherThreadFindsItOnlyOnceItIsKnownWhichClassItIs() {
        definitions.begin(NAME, bytes, facts);
        assertNull(foundByAnotherThread());
        assertSame(facts, definitions.find(String.class));
        assertSame(facts, foundByAnotherThread());
    }

    @Test
    void ofTwoWithOneNameTheLatestIsMeantUnlessTheOtherIsKnown() {
        definitions.begin(NAME, bytes, facts);
        ClassFacts later = new ClassFacts(false);
        definitions.begin(NAME, new byte[] {2}, later);
        assertSame(later, definitions.find(String.class));
        definitions.begin(NAME, new byte[] {3}, new ClassFacts(true));
        assertSame(later, definitions.find(String.class));
    }

    @Test
    void manyThatAreDefinedMeanwhileDoNotMakeItForgotten() {
        definitions.begin(NAME, bytes, facts);
        for (int i = 0; i < 1000; i++) {
            byte[] other = {2};
            definitions.begin("Other", other, new ClassFacts(true));
            definitions.end(Object.class, other);
        }
        assertSame(facts, definitions.find(String.class));
        definitions.end(String.class, bytes);
        assertSame(facts, definitions.find(String.class));
    }

    @Test
    void ofManyThatFailTheOldestAreForgotten() {
        definitions.begin(NAME, bytes, facts);
        for (int i = 0; i < 1000; i++) {
            definitions.begin("Failed", new byte[] {2}, new ClassFacts(true));
        }
        assertNull(definitions.find(String.class));
    }
}
