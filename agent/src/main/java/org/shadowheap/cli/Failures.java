package org.shadowheap.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in one line what went wrong. */
final class Failures {

    private Failures() {}

    static String line(Exception e) {
        if (e instanceof NoSuchFileException missing) {
            return "no such file: " + missing.getFile();
        }
        if (e instanceof AccessDeniedException denied) {
            return "no permission: " + denied.getFile();
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason() + ": " + file.getFile();
        }
        String message = e.getMessage();
        String what = message == null ? e.getClass().getSimpleName() : message;
        return what.lines().findFirst().orElse(what);
    }
}
