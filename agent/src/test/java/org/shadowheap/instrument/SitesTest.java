package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/** A class that is rewritten again keeps its numbers only if each stands for the same field. */
class SitesTest {

    private static final DefinitionSink NOWHERE = new DefinitionSink() {
        @Override
        public void site(SiteDefinition site) {}

        @Override
        public void type(TypeDefinition type) {}
    };

    private static Sites.Target target(String owner, String name) {
        return new Sites.Target(owner, name);
    }

    @Test
    void sitesAreTheSameIfOwnerAndNameOfEachAre() {
        Sites sites = new Sites(NOWHERE);
        int first = sites.reserve(2);
        sites.define(
                List.of(
                        new SiteDefinition(first, "app.A", "m", 1, "app.A.field"),
                        new SiteDefinition(first + 1, "app.A", "m", 2, null)),
                Arrays.asList(target("app.A", "field"), null));
        assertTrue(sites.areTargets(first, Arrays.asList(target("app.A", "field"), null)));
        assertFalse(sites.areTargets(first, Arrays.asList(target("app.B", "field"), null)));
        assertFalse(sites.areTargets(first, Arrays.asList(target("app.A", "other"), null)));
        assertFalse(sites.areTargets(first, Arrays.asList(null, null)));
        assertFalse(sites.areTargets(first, Arrays.asList(target("app.A", "field"), target("app.A", "field"))));
    }
}
