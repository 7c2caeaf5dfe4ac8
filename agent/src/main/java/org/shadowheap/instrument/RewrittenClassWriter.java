package org.shadowheap.instrument;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.shadowheap.event.SiteDefinition;

/**
 * Writes what {@link RewrittenClassReader} reads. All numbers are of 4 bytes, the highest first.
 *
 * <pre>
 *   magic | identity | greatest site | strings | targets | classes | the strings' bytes | the classes | CRC-32 of all before
 *
 *   identity, string   length, bytes in UTF-8
 *   strings            count, for each where it begins in the file
 *   targets            count, for each: owner, name, "owner.name", all strings
 *   classes            count, for each: name, where it begins
 *   class              length, CRC-32, Adler-32 of its file; flags; first site, how many are reserved
 *                      fields: count, for each name, bytes, flags;  constants: count, for each name
 *                      sites: count, for each method, line, target or -1;  length of the new file or -1, its bytes
 * </pre>
 */
final class RewrittenClassWriter {

    static final int MAGIC = 0x53485257; // SHRW

    static final int DECLARES_GET = 1;
    static final int ONLY_INITIALIZER = 2;
    static final int DECLARES_NATIVE = 4;
    static final int IS_ARRAY = 1;
    static final int IS_STATIC = 2;
    static final int IS_VOLATILE = 4;
    static final int NONE = -1;

    private final Map<String, Integer> strings = new HashMap<>();
    private final List<byte[]> texts = new ArrayList<>();
    private final Map<Sites.Target, Integer> targets = new HashMap<>();
    private final List<Sites.Target> targetList = new ArrayList<>();

    byte[] write(String identity, List<RewrittenClass> classes) {
        List<byte[]> bodies = new ArrayList<>();
        int last = 0;
        for (RewrittenClass each : classes) {
            string(each.name());
            bodies.add(body(each));
            last = Math.max(last, each.facts().firstSite + each.facts().sites - 1);
        }
        for (Sites.Target target : targetList) {
            string(target.owner());
            string(target.name());
            string(field(target));
        }

        byte[] identityBytes = identity.getBytes(StandardCharsets.UTF_8);
        int at = (3 + 3) * Integer.BYTES
                + identityBytes.length
                + (texts.size() + 3 * targetList.size() + 2 * classes.size()) * Integer.BYTES;
        Numbers file = new Numbers();
        file.add(MAGIC);
        file.bytes(identityBytes);
        file.add(last);
        file.add(texts.size());
        for (byte[] text : texts) {
            file.add(at);
            at += Integer.BYTES + text.length;
        }
        file.add(targetList.size());
        for (Sites.Target target : targetList) {
            file.add(string(target.owner()));
            file.add(string(target.name()));
            file.add(string(field(target)));
        }
        file.add(classes.size());
        for (int i = 0; i < classes.size(); i++) {
            file.add(string(classes.get(i).name()));
            file.add(at);
            at += bodies.get(i).length;
        }
        texts.forEach(file::bytes);
        bodies.forEach(file::raw);
        byte[] all = file.toBytes();
        file.add(RewrittenClass.Sum.crc(all, all.length));
        return file.toBytes();
    }

    private static String field(Sites.Target target) {
        return target.owner() + '.' + target.name();
    }

    private byte[] body(RewrittenClass rewritten) {
        ClassFacts facts = rewritten.facts();
        Numbers body = new Numbers();
        body.add(rewritten.file().length());
        body.add(rewritten.file().crc());
        body.add(rewritten.file().adler());
        body.add((facts.declaresGet ? DECLARES_GET : 0)
                | (facts.onlyInitializer ? ONLY_INITIALIZER : 0)
                | (facts.declaresNative ? DECLARES_NATIVE : 0));
        body.add(facts.firstSite);
        body.add(facts.sites);
        body.add(facts.fields.size());
        for (ClassFacts.Field field : facts.fields) {
            body.add(string(field.name()));
            body.add(field.bytes());
            body.add((field.isArray() ? IS_ARRAY : 0)
                    | (field.isStatic() ? IS_STATIC : 0)
                    | (field.isVolatile() ? IS_VOLATILE : 0));
        }
        body.add(facts.constants.size());
        facts.constants.forEach(name -> body.add(string(name)));
        body.add(rewritten.sites().size());
        for (int i = 0; i < rewritten.sites().size(); i++) {
            SiteDefinition site = rewritten.sites().get(i);
            body.add(string(site.method()));
            body.add(site.line());
            body.add(target(rewritten.targets().get(i)));
        }
        byte[] bytes = rewritten.bytes();
        if (bytes == null) {
            body.add(NONE);
        } else {
            body.bytes(bytes);
        }
        return body.toBytes();
    }

    private int string(String text) {
        Integer known = strings.get(text);
        if (known != null) {
            return known;
        }
        strings.put(text, texts.size());
        texts.add(text.getBytes(StandardCharsets.UTF_8));
        return texts.size() - 1;
    }

    private int target(Sites.@Nullable Target target) {
        if (target == null) {
            return NONE;
        }
        Integer known = targets.get(target);
        if (known != null) {
            return known;
        }
        targets.put(target, targetList.size());
        targetList.add(target);
        return targetList.size() - 1;
    }

    private static final class Numbers {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void add(int number) {
            for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
                out.write(number >>> shift);
            }
        }

        void bytes(byte[] bytes) {
            add(bytes.length);
            raw(bytes);
        }

        void raw(byte[] bytes) {
            out.write(bytes, 0, bytes.length);
        }

        byte[] toBytes() {
            return out.toByteArray();
        }
    }
}
