package org.shadowheap.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class NamesTest {

    @Test
    void keepsTheClassAndTheBeginningOfThePackage() {
        assertEquals("com.acme.Cache.head", Names.fit("com.acme.Cache.head", 19));
        assertEquals("com.a..Cache.head", Names.fit("com.acme.web.Cache.head", 17));
        assertEquals("..Cache$Entry.head", Names.fit("com.acme.web.Cache$Entry.head", 18));
    }

    @Test
    void cutsTheMiddleOfAClassThatIsTooLong() {
        String cut = Names.fit("com.acme.AVeryLongNameOfAClassThatNobodyCanRead.method:17", 20);
        assertEquals("com.a..ead.method:17", cut);
    }

    @Test
    void takesTheLastTwoPartsWhereNothingLooksLikeAClass() {
        assertEquals("a.b.c..odd.method:1", Names.fit("a.b.c.d.e.f.g.odd.method:1", 19));
    }
}
