package org.shadowheap.analysis;

import java.util.List;

/**
 * The comparison of the shadow heap with a heap dump of the same JVM, from the static fields of all classes on.
 *
 * @param objects objects of the dump that stand for one of the shadow heap, class mirrors included
 * @param edges slots that were compared, null ones included
 * @param differences slots that differ and that nothing excuses
 * @param explained slots that differ because the JVM or the agent writes them
 * @param racing slots that differ and were stored to while the dump was taken
 * @param found the first differences
 * @param byField all slots that differ, by field and cause, most first
 */
public record Verified(
        long objects,
        long edges,
        long differences,
        long explained,
        long racing,
        List<Difference> found,
        List<DifferingField> byField) {

    public Verified {
        found = List.copyOf(found);
        byField = List.copyOf(byField);
    }
}
