package org.shadowheap.instrument;

import java.util.List;
import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/** Takes definitions to the drain. Any thread calls; on return the definition is before every later record. */
public interface DefinitionSink {

    /** Where nobody wants to know. */
    DefinitionSink NOBODY = new DefinitionSink() {
        @Override
        public void site(SiteDefinition site) {}

        @Override
        public void type(TypeDefinition type) {}

        @Override
        public void caller(CallerDefinition caller) {}
    };

    void site(SiteDefinition site);

    /** All of these, which nobody changes any more. */
    default void sites(List<SiteDefinition> sites) {
        for (SiteDefinition site : sites) {
            site(site);
        }
    }

    void type(TypeDefinition type);

    void caller(CallerDefinition caller);
}
