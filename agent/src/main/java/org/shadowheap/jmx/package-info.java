/** What a session shows to JMX: interfaces and values, which know nothing of the rest. */
@NullMarked
package org.shadowheap.jmx;

import org.jspecify.annotations.NullMarked;
