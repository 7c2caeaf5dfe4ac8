package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shadowheap.instrument.KeptClasses;
import org.shadowheap.instrument.RewrittenClasses;

/** Rewritten classes of the JDK are read from a file only if nobody but the user can have written them. */
class RewrittenFileTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private RewrittenFile file;

    @BeforeEach
    void write() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        folder = temporary.resolve("of").resolve("user");
        file = RewrittenFile.in(folder.toString(), 1);
        assertNotNull(file);
        assertNull(file.bytes());
        file.write(RewrittenClasses.of(null, ""));
    }

    private Path only() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.toList();
            assertEquals(1, files.size(), files.toString());
            return files.get(0);
        }
    }

    private static void permit(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void theFileAndItsFolderAreTheUsersAlone() throws Exception {
        assertNotNull(file.bytes());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(only())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void aFileThatOthersMayWriteToIsNotRead() throws Exception {
        for (String permissions : List.of("rw--w----", "rw-----w-")) {
            permit(only(), permissions);
            assertNull(file.bytes(), permissions);
        }
        permit(only(), "rw-r--r--");
        assertNotNull(file.bytes());
    }

    @Test
    void aFolderThatOthersMayWriteToIsNeitherReadNorWritten() throws Exception {
        permit(folder, "rwx----w-");
        assertNull(file.bytes());
        Files.delete(only());
        file.write(RewrittenClasses.of(null, ""));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(0, all.count());
        }
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Path elsewhere = temporary.resolve("elsewhere");
        Path there = only();
        Files.move(there, elsewhere);
        Files.createSymbolicLink(there, elsewhere);
        assertNull(file.bytes());
    }

    @Test
    void anotherAgentHasAnotherFile() throws Exception {
        assertNull(RewrittenFile.in(folder.toString(), 2).bytes());
    }

    @Test
    void whereItCannotBeWrittenThereIsNoneAndNothingIsSaid() throws Exception {
        Path taken = Files.writeString(temporary.resolve("taken"), "a file");
        RewrittenFile nowhere = RewrittenFile.in(taken.toString(), 1);
        nowhere.write(RewrittenClasses.of(null, ""));
        assertNull(nowhere.bytes());
        assertEquals("a file", Files.readString(taken));
    }

    @Test
    void oldFilesOfOthersAreForgotten() throws Exception {
        for (int agent = 2; agent < 20; agent++) {
            RewrittenFile.in(folder.toString(), agent).write(RewrittenClasses.of(null, ""));
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(8, all.count());
        }
    }

    private RewrittenFile of(long agent) {
        return Objects.requireNonNull(RewrittenFile.in(folder.toString(), agent));
    }

    private int found(RewrittenFile read) throws Exception {
        return KeptClasses.among(read.read());
    }

    @Test
    void aLaterRunFindsWhatWasWritten() throws Exception {
        assertEquals(0, found(of(1)));
        assertTrue(file.write(KeptClasses.rewritten()));
        assertEquals(KeptClasses.COUNT, found(of(1)));
    }

    @Test
    void aDamagedFileIsNoneAndTheNextRunPutsAnotherInItsPlace() throws Exception {
        RewrittenClasses kept = KeptClasses.rewritten();
        file.write(kept);
        byte[] whole = Files.readAllBytes(only());
        List<byte[]> damaged = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            byte[] flipped = whole.clone();
            flipped[(int) ((long) whole.length * i / 64)] ^= (byte) (1 << i % 8);
            damaged.add(flipped);
        }
        damaged.add(new byte[0]);
        damaged.add(new byte[whole.length]);
        damaged.add(Arrays.copyOf(whole, whole.length - 1));
        damaged.add(Arrays.copyOf(whole, whole.length / 2));
        damaged.add(Arrays.copyOf(whole, whole.length + 1));
        for (byte[] each : damaged) {
            Files.write(only(), each);
            assertEquals(0, found(of(1)));
        }
        assertTrue(file.write(kept));
        assertArrayEquals(whole, Files.readAllBytes(only()));
    }

    @Test
    void theFileOfAnotherAgentIsNotReadUnderWhateverName() throws Exception {
        file.write(KeptClasses.rewritten());
        byte[] ofOne = Files.readAllBytes(only());
        Files.delete(only());
        of(2).write(KeptClasses.rewritten());
        assertEquals(KeptClasses.COUNT, found(of(2)));
        Files.write(only(), ofOne);
        assertEquals(0, found(of(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.vm.vendor", "java.vm.name", "java.vm.version", "os.arch", "java.home"})
    void theFileOfAnotherJvmIsNotReadUnderWhateverName(String property) throws Exception {
        file.write(KeptClasses.rewritten());
        byte[] ofThis = Files.readAllBytes(only());
        String value = System.getProperty(property);
        System.setProperty(property, value + '1');
        try {
            assertNull(of(1).bytes(), "there is none");
            Files.delete(only());
            of(1).write(KeptClasses.rewritten());
            Files.write(only(), ofThis);
            assertEquals(0, found(of(1)));
        } finally {
            System.setProperty(property, value);
        }
    }

    @Test
    void whereLittleOfTheHeapIsLeftThereIsNone() {
        long least = 192L << 20;
        assertNotNull(RewrittenFile.in(folder.toString(), 1, least));
        assertNull(RewrittenFile.in(folder.toString(), 1, least - 1));
    }

    @Test
    void whatBelongsToAnotherUserIsNeitherReadNorWritten() throws Exception {
        UserPrincipal user = Files.getOwner(folder);
        giveToNobody(only());
        assertNull(file.bytes());
        Files.setOwner(only(), user);
        assertNotNull(file.bytes());
        giveToNobody(folder);
        assertNull(file.bytes());
        assertFalse(file.write(KeptClasses.rewritten()));
        assertNotNull(only(), "and nothing is left beside it");
    }

    private static void giveToNobody(Path path) throws Exception {
        try {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException notPermitted) {
            abort("only root may, where there is such a user");
        }
    }

    @Test
    void whatCannotBeMovedThereIsNotLeftBesideIt() throws Exception {
        Path there = only();
        Files.delete(there);
        Files.createDirectories(there.resolve("in the way"));
        assertFalse(file.write(KeptClasses.rewritten()));
        assertEquals(there, only());
    }

    @Test
    void whatAKilledRunHasLeftIsForgottenAfterSomeTime() throws Exception {
        Path recent = Files.createFile(Path.of(only() + ".123"));
        Path left = Files.createFile(Path.of(recent + "4"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
        file.write(RewrittenClasses.of(null, ""));
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(recent));
    }

    /** As JVMs that begin together; each has its own. */
    @Test
    void whoReadsWhileOthersWriteReadsAllOfOne() throws Exception {
        file.write(KeptClasses.rewritten());
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<Integer> reader = threads.submit(() -> {
                int times = 0;
                for (; !ended.get() || times == 0; times++) {
                    assertEquals(KeptClasses.COUNT, found(of(1)));
                }
                return times;
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                writers.add(threads.submit(() -> {
                    RewrittenClasses kept = KeptClasses.rewritten();
                    for (int times = 0; times < 100; times++) {
                        assertTrue(of(1).write(kept));
                    }
                    return null;
                }));
            }
            for (Future<?> each : writers) {
                each.get();
            }
            ended.set(true);
            assertTrue(reader.get() > 0);
        } finally {
            ended.set(true);
            threads.shutdownNow();
        }
        assertEquals(KeptClasses.COUNT, found(of(1)));
        assertNotNull(only());
    }
}
