package org.shadowheap.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Puts classes into a folder of their own, which is a program's class path. */
public final class ProgramFolder {

    private ProgramFolder() {}

    /** A folder of that name, where temporary files are, that holds these classes. */
    public static Path of(String name, String... classes) throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), name));
        for (String each : classes) {
            String file = each.replace('.', '/') + ".class";
            Files.createDirectories(folder.resolve(file).getParent());
            try (InputStream in = Objects.requireNonNull(ProgramFolder.class.getResourceAsStream("/" + file), file)) {
                Path part = Files.createTempFile(folder, "class", ".part");
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE); // another may be run from it
            }
        }
        return folder;
    }
}
