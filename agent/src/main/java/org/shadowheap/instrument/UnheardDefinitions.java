package org.shadowheap.instrument;

import org.shadowheap.event.CallerDefinition;
import org.shadowheap.event.DefinitionSink;
import org.shadowheap.event.SiteDefinition;
import org.shadowheap.event.TypeDefinition;

/** Where nobody wants to know. */
final class UnheardDefinitions implements DefinitionSink {

    @Override
    public void type(TypeDefinition type) {}

    @Override
    public void site(SiteDefinition site) {}

    @Override
    public void caller(CallerDefinition caller) {}
}
