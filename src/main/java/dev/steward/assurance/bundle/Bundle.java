// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.bundle;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Documents and the proofs of what they say, as the files of one zip.
///
/// - `manifest.json`: the digest of every other file but the seal's
/// - `control/N.entry` and `control/N.tlog-proof`: an entry of the control ledger, byte for byte,
///   and that it is in the ledger (C2SP tlog-proof)
/// - `seal.entry` and `seal.tlog-proof`: the entry that has the digest of the manifest
/// - `control/keys`: the public keys of the ledger
/// - anything else: what is told
///
/// @param files by name
public record Bundle(SortedMap<String, byte[]> files) {
  static final String MANIFEST = "manifest.json";
  static final String SEAL = "seal";
  static final String ENTRY = ".entry";
  static final String PROOF = ".tlog-proof";
  static final String CONTROL = "control/";
  static final String KEYS = CONTROL + "keys";

  private static final int FILES_MAX = 20_000;
  private static final long BYTES_MAX = 256L << 20;

  public Bundle {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  byte[] file(String name) throws BundleException {
    byte[] found = files.get(name);
    if (found == null) {
      throw new BundleException(name, "is missing");
    }
    return found;
  }

  public byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        // The same content is the same file.
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /// Reads what `zip` wrote; nothing is checked yet, and nothing is written to disk.
  ///
  /// @throws BundleException when it is no such file, or is too large
  public static Bundle read(byte[] zip) throws BundleException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long left = BYTES_MAX;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readNBytes((int) left);
        left -= content.length;
        if (left <= 0 || files.size() >= FILES_MAX) {
          throw new BundleException(entry.getName(), "makes it too large to be a bundle");
        }
        if (files.put(entry.getName(), content) != null) {
          throw new BundleException(entry.getName(), "is in it twice");
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new BundleException("the file", "is no zip, or a damaged one: " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw new BundleException("the file", "is no zip, or an empty one");
    }
    return new Bundle(files);
  }
}
