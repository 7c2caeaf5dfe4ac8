package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.barrier.Recording;
import org.shadowheap.targets.Links;

class ApplicationTest {

    private static Application application(String... globs) {
        return new Application(List.of(globs));
    }

    @Test
    void withoutAChoiceItIsEverythingOutsideTheJdk() {
        Application all = application();
        assertTrue(all.holds(Links.class));
        assertFalse(all.holds(HashMap.class), "of the boot loader");
        assertFalse(all.holds(Timestamp.class), "of the platform loader");
        assertFalse(
                all.holds(com.sun.source.util.JavacTask.class), "of the application's loader, in a module of the JDK");
        assertTrue(all.holds("javax.inject.Provider", false), "the name alone says nothing");
        assertFalse(all.isEverything());
    }

    @Test
    void aChoiceIsGlobs() {
        Application shop = application("com.acme.shop.*", "Main");
        assertTrue(shop.holds("com.acme.shop.Order", false));
        assertTrue(shop.holds("Main", false));
        assertFalse(shop.holds("com.acme.cache.Cache", false));
        assertFalse(shop.holds(Links.class));
        assertTrue(application("java.util.*").holds(HashMap.class));
        assertTrue(application("java.util.*").holds("java.util.HashMap", true));
    }

    @Test
    void theAgentBelongsToNoApplication() {
        Application everything = application("*");
        assertTrue(everything.isEverything());
        assertFalse(everything.holds(Recording.class));
        assertFalse(everything.holds("java.lang.ShadowHeapBarrier", true));
        assertTrue(everything.holds("java.lang.Shadow", true));
    }

    @Test
    void sitesOutsideAreThoseOfLibraries() {
        assertTrue(application().leavesOut("java.util.HashMap", true));
        assertFalse(application().leavesOut("com.acme.cache.Cache", false));
        assertTrue(application("com.acme.shop.*").leavesOut("com.acme.cache.Cache", false));
        assertFalse(application("com.acme.shop.*").leavesOut("com.acme.shop.Order", false));
    }

    /** Where a virtual thread is half mounted no stack may be walked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Thread",
                "java.lang.VirtualThread",
                "java.lang.VirtualThread$VThreadContinuation",
                "jdk.internal.vm.Continuation"
            })
    void butNotTheCodeThatMountsVirtualThreads(String name) {
        assertFalse(application().leavesOut(name, true));
        assertFalse(application("com.acme.*").leavesOut(name, true));
    }

    @Test
    void whatOnlySoundsLikeItIsAsOthers() {
        List.of("java.lang.ThreadLocal$ThreadLocalMap", "java.lang.ThreadGroup", "jdk.internal.vm.ContinuationScopes")
                .forEach(name -> assertEquals(true, application().leavesOut(name, true), name));
    }
}
