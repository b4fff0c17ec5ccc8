// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// An Ed25519 private key under a name; a log's key is named as the log's origin.
public final class SigningKey {
  private static final String HEADER = "PRIVATE+KEY+";
  private static final int SEED_LENGTH = 32;

  private final byte[] seed;
  private final PrivateKey privateKey;
  private final VerifierKey verifierKey;

  private SigningKey(String name, VerifierKey.Type type, byte[] seed) throws NoteException {
    KeyPair pair = keyPair(seed);
    byte[] encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    this.seed = seed.clone();
    this.privateKey = pair.getPrivate();
    this.verifierKey = new VerifierKey(name, type, raw);
  }

  public static SigningKey generate(String name, SecureRandom random) {
    return generate(name, VerifierKey.Type.NOTE, random);
  }

  /// A key of the given type, so that a witness can be built of the same parts.
  public static SigningKey generate(String name, VerifierKey.Type type, SecureRandom random) {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    try {
      return new SigningKey(name, type, seed);
    } catch (NoteException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// Opens the key file, or creates it with mode 600 where there is none.
  ///
  /// @throws IOException when the file cannot be read or written, holds no key, or holds a key of
  ///   another name
  public static SigningKey open(Path file, String name, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      SigningKey key = generate(name, random);
      PrivateFile.create(file, key.encode() + "\n");
      return key;
    }
    SigningKey key;
    try {
      key = parse(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (NoteException e) {
      throw new IOException(
          "the signing key "
              + file
              + " cannot be used: "
              + e.getMessage()
              + "; restore it from a"
              + " backup",
          e);
    }
    if (!key.name().equals(name)) {
      throw new IOException(
          "the signing key "
              + file
              + " is of the log "
              + key.name()
              + ", not of "
              + name
              + "; set the log's origin back, or name another key file");
    }
    return key;
  }

  /// Reads `PRIVATE+KEY+name+hash+base64`.
  public static SigningKey parse(String skey) throws NoteException {
    String[] parts = skey.split("\\+", 5);
    if (!skey.startsWith(HEADER) || parts.length != 5) {
      throw new NoteException("not a signed-note private key");
    }
    byte[] typed = CanonicalBase64.decode(parts[4]);
    if (typed.length != 1 + SEED_LENGTH || typed[0] != 1) {
      throw new NoteException("not an Ed25519 private key");
    }
    byte[] seed = Arrays.copyOfRange(typed, 1, typed.length);
    SigningKey key = new SigningKey(parts[2], VerifierKey.Type.NOTE, seed);
    if (!HexFormat.of().toHexDigits(key.verifierKey.keyId()).equals(parts[3])) {
      throw new NoteException("the hash in the private key of " + parts[2] + " does not fit it");
    }
    return key;
  }

  public String name() {
    return verifierKey.name();
  }

  public VerifierKey verifierKey() {
    return verifierKey;
  }

  /// The private key as text; keep it secret.
  public String encode() {
    byte[] typed = ByteBuffer.allocate(1 + SEED_LENGTH).put((byte) 1).put(seed).array();
    return HEADER
        + name()
        + "+"
        + HexFormat.of().toHexDigits(verifierKey.keyId())
        + "+"
        + CanonicalBase64.encode(typed);
  }

  public NoteSignature sign(String text) {
    byte[] signature = ed25519(text.getBytes(StandardCharsets.UTF_8));
    return new NoteSignature(name(), verifierKey.keyId(), signature);
  }

  /// Signs as a witness does.
  public NoteSignature cosign(String checkpointText, Instant time) {
    Cosignature cosignature =
        new Cosignature(time, ed25519(Cosignature.message(time, checkpointText)));
    return new NoteSignature(name(), verifierKey.keyId(), cosignature.encode());
  }

  private byte[] ed25519(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }

  private static KeyPair keyPair(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(255, new SeedAsRandom(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    }
  }
}
