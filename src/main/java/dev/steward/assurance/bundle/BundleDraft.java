// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.bundle;

import dev.steward.domain.Digest;
import dev.steward.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A bundle while it is put together: first what it holds, then the seal.
public final class BundleDraft {
  private final String incident;
  private final Ledger control;
  private final SortedMap<String, byte[]> files = new TreeMap<>();

  public BundleDraft(String incident, Ledger control) {
    this.incident = incident;
    this.control = control;
    String keys = String.join("\n", control.keys().lines()) + "\n";
    files.put(Bundle.KEYS, keys.getBytes(StandardCharsets.UTF_8));
  }

  /// @param name that is not one of a bundle's own
  public BundleDraft put(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  /// Adds entries of the control ledger with their proofs; for fresh ones it waits for the next
  /// checkpoint.
  public BundleDraft prove(Collection<Long> entries) throws InterruptedException {
    for (long index : new TreeSet<>(entries)) {
      files.put(Bundle.CONTROL + index + Bundle.ENTRY, control.entry(index));
      files.put(Bundle.CONTROL + index + Bundle.PROOF, control.tlogProof(index).encode());
    }
    return this;
  }

  /// What the seal has to say.
  public Digest manifest() {
    return Digest.of(Manifest.of(incident, files).bytes());
  }

  /// @param seal index of the entry that has the digest of the manifest
  public Bundle sealed(long seal) throws InterruptedException {
    SortedMap<String, byte[]> all = new TreeMap<>(files);
    all.put(Bundle.MANIFEST, Manifest.of(incident, files).bytes());
    all.put(Bundle.SEAL + Bundle.ENTRY, control.entry(seal));
    all.put(Bundle.SEAL + Bundle.PROOF, control.tlogProof(seal).encode());
    return new Bundle(all);
  }
}
