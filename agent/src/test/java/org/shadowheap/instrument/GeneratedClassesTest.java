package org.shadowheap.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FieldAccessor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes that another tool generated at run time are rewritten like any other. */
class GeneratedClassesTest {

    private static final int FIELDS = 20;

    @BeforeEach
    void forget() {
        SeenCalls.CALLS.clear();
    }

    @Test
    void everySetterOfAGeneratedClassTellsItsStoreOnce() throws Exception {
        DynamicType.Builder<Object> builder =
                new ByteBuddy().subclass(Object.class).name("app.Generated");
        for (int i = 0; i < FIELDS; i++) {
            Ownership ownership = i % 2 == 0 ? Ownership.MEMBER : Ownership.STATIC;
            builder = builder.defineField("field" + i, Object.class, Visibility.PUBLIC, ownership)
                    .defineMethod("set" + i, void.class, Visibility.PUBLIC, ownership)
                    .withParameters(Object.class)
                    .intercept(FieldAccessor.ofField("field" + i));
        }
        byte[] original = builder.make().getBytes();
        Class<?> type = new Rewriting.Loader().define(Rewriting.withStandIn(Rewriting.rewrite(original)));
        Object made = type.getConstructor().newInstance();
        for (int i = 0; i < FIELDS; i++) {
            forget();
            Object value = new Object();
            type.getMethod("set" + i, Object.class).invoke(made, value);
            assertSame(value, type.getField("field" + i).get(made));
            assertEquals(1, SeenCalls.CALLS.size());
            SeenCalls.Call call = SeenCalls.CALLS.get(0);
            assertEquals(
                    List.of(i % 2 == 0 ? "fieldStore" : "staticStore", true, true),
                    List.of(call.what(), call.object() == (i % 2 == 0 ? made : type), call.value() == value));
        }
    }
}
