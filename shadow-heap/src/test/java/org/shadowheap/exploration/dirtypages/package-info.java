/**
 * The protocol of the dirty-page list, explored: that it loses no store and lists no page twice, and that each of its
 * steps is needed where it stands.
 *
 * <p>{@link org.shadowheap.exploration.dirtypages.RealProtocol} is the only class that depends on the shape of a
 * remembered set. Scenes and protocols are rewritten; tests are not.
 */
@NullMarked
package org.shadowheap.exploration.dirtypages;

import org.jspecify.annotations.NullMarked;
