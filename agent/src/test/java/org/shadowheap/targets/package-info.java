/**
 * Small programs that integration tests run in JVMs of their own, alone and with the agent. What they print depends neither
 * on time nor on hashes, so that it must be the same. They need nothing but the JDK, if not said otherwise.
 */
package org.shadowheap.targets;
