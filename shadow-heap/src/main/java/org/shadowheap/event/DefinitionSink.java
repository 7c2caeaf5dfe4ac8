package org.shadowheap.event;

import java.util.List;

/** Receives what events mention by number: types, sites and who calls them. A definition comes before the first event that needs it. */
public interface DefinitionSink {

    /** Defines a type. Comes before the first birth or contact of its instances. */
    void type(TypeDefinition type);

    /** Defines a site. Comes before the first store from it. */
    void site(SiteDefinition site);

    /** Defines all of these, in this order; nobody changes the list any more. */
    default void sites(List<SiteDefinition> sites) {
        for (SiteDefinition site : sites) {
            site(site);
        }
    }

    /** Defines a caller. Comes before the first {@link EventSink#calledFrom} that names it. */
    void caller(CallerDefinition caller);
}
