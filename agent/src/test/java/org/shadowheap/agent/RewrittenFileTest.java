package org.shadowheap.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
