/**
 * What integration tests share: JDKs of this machine, JVMs of their own, results read back. Other modules get this package
 * alone, as agent's test jar.
 */
package org.shadowheap.testing;
