package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.selftest.SelfTestProgram;

class OwnClassesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.shadowheap.agent.Agent",
                "org.shadowheap.agent.logging.StandardErrorProvider",
                "org.shadowheap.barrier.WriteBarrier",
                "org.shadowheap.event.layout.EventRecord",
                "org.shadowheap.shaded.org.objectweb.asm.ClassReader",
                "[Lorg.shadowheap.heap.ShadowHeap;",
                "[[Lorg.shadowheap.instrument.OwnClasses;"
            })
    void ourPackagesAndArraysOfOurClassesAreOurs(String name) {
        assertTrue(OwnClasses.isOwn(name));
    }

    /** Samples and benchmarks are applications like others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Object",
                "[I",
                "[[J",
                "[Ljava.lang.String;",
                "org.shadowheap.samples.Samples",
                "org.shadowheap.agents.Other",
                "org.shadowheapx.agent.Other",
                "com.acme.org.shadowheap.agent.Other",
                "org.shadowheap",
                ""
            })
    void othersAreNotEvenWithSimilarNames(String name) {
        assertFalse(OwnClasses.isOwn(name));
    }

    /** A package that is missing in the list would be instrumented and mirrored, itself. */
    @Test
    void everyPackageThatTheJarCarriesIsListed() {
        List<String> unlisted = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.shadowheap")
                        .stream()
                        .map(JavaClass::getName)
                        .sorted()
                        .filter(name -> !OwnClasses.isOwn(name))
                        .toList();
        // The self-test is instrumented like an application.
        assertEquals(List.of(SelfTestProgram.class.getName(), "org.shadowheap.selftest.package-info"), unlisted);
    }
}
