// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.bundle;

import dev.steward.control.event.Envelope;
import dev.steward.control.event.EnvelopeCodec;
import dev.steward.control.event.Event;
import dev.steward.domain.Digest;
import dev.steward.ledger.TlogProof;
import dev.steward.ledger.note.KnownKeys;
import dev.steward.ledger.note.NoteException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Checks a bundle with nothing but itself and, where somebody has them from elsewhere, the
/// ledger's public keys.
public final class BundleCheck {
  private static final Set<String> OWN =
      Set.of(Bundle.MANIFEST, Bundle.SEAL + Bundle.ENTRY, Bundle.SEAL + Bundle.PROOF);

  private final Bundle bundle;
  private final KnownKeys keys;
  private final boolean trusted;

  private BundleCheck(Bundle bundle, KnownKeys keys, boolean trusted) {
    this.bundle = bundle;
    this.keys = keys;
    this.trusted = trusted;
  }

  /// A bundle that fits.
  ///
  /// @param files that its manifest names
  /// @param entries of the ledger that are proved
  /// @param sealedAt when it was given out
  /// @param log name of the ledger
  /// @param trusted whether the keys came from elsewhere than the bundle
  public record Fits(
      String incident, int files, int entries, Instant sealedAt, String log, boolean trusted) {}

  /// @param known keys from elsewhere; empty for those of the bundle
  /// @throws BundleException that names the first file that does not fit
  public static Fits check(Bundle bundle, Optional<KnownKeys> known) throws BundleException {
    KnownKeys keys = known.isPresent() ? known.get() : own(bundle);
    return new BundleCheck(bundle, keys, known.isPresent()).fits();
  }

  private static KnownKeys own(Bundle bundle) throws BundleException {
    String text = new String(bundle.file(Bundle.KEYS), StandardCharsets.UTF_8);
    try {
      return KnownKeys.parse(text.lines().toList(), Bundle.KEYS);
    } catch (IOException e) {
      throw new BundleException(Bundle.KEYS, "cannot be read: " + e.getMessage(), e);
    }
  }

  private Fits fits() throws BundleException {
    byte[] bytes = bundle.file(Bundle.MANIFEST);
    Manifest manifest = Manifest.read(bytes);
    TlogProof seal = proved(Bundle.SEAL);
    Instant at = sealed(manifest.incident(), Digest.of(bytes));
    digests(manifest);
    int entries = 0;
    for (String name : manifest.files().keySet()) {
      if (name.startsWith(Bundle.CONTROL) && name.endsWith(Bundle.ENTRY)) {
        entry(name.substring(0, name.length() - Bundle.ENTRY.length()));
        entries++;
      }
    }
    return new Fits(
        manifest.incident(),
        manifest.files().size(),
        entries,
        at,
        seal.checkpoint().origin(),
        trusted);
  }

  private void digests(Manifest manifest) throws BundleException {
    for (Map.Entry<String, Digest> file : manifest.files().entrySet()) {
      if (!Digest.of(bundle.file(file.getKey())).equals(file.getValue())) {
        throw new BundleException(file.getKey(), "is not what was given out: its digest differs");
      }
    }
    Set<String> more = new TreeSet<>(bundle.files().keySet());
    more.removeAll(manifest.files().keySet());
    more.removeAll(OWN);
    if (!more.isEmpty()) {
      throw new BundleException(more.iterator().next(), "was not given out: no manifest names it");
    }
  }

  private void entry(String name) throws BundleException {
    long index = proved(name).index();
    if (!name.equals(Bundle.CONTROL + index)) {
      throw new BundleException(name + Bundle.PROOF, "is the proof of entry " + index);
    }
  }

  private TlogProof proved(String name) throws BundleException {
    byte[] entry = bundle.file(name + Bundle.ENTRY);
    try {
      TlogProof proof = TlogProof.parse(bundle.file(name + Bundle.PROOF));
      proof.verify(entry, keys);
      return proof;
    } catch (NoteException e) {
      throw new BundleException(name + Bundle.PROOF, "proves nothing: " + e.getMessage(), e);
    }
  }

  private Instant sealed(String incident, Digest manifest) throws BundleException {
    String name = Bundle.SEAL + Bundle.ENTRY;
    try {
      Envelope seal = EnvelopeCodec.read(bundle.file(name));
      if (!seal.events().contains(new Event.IncidentReported(incident, manifest))) {
        throw new BundleException(
            Bundle.MANIFEST, "is not the one that the ledger's entry was made for");
      }
      return seal.at();
    } catch (IllegalArgumentException e) {
      throw new BundleException(name, "is no entry of a control ledger: " + e.getMessage(), e);
    }
  }
}
