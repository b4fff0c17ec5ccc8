// SPDX-License-Identifier: Apache-2.0
package dev.steward.ledger.note;

import dev.steward.domain.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// An Ed25519 public key under a name, as a vkey writes it: a log's, or a witness's.
public final class VerifierKey {
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int RAW_LENGTH = 32;

  private final String name;
  private final Type type;
  private final byte[] raw;
  private final PublicKey publicKey;
  private final int keyId;

  /// What the key signs.
  public enum Type {
    /// The note's text.
    NOTE(1),
    /// A time and the note's text: a witness's cosignature.
    COSIGNATURE(4);

    private final int code;

    Type(int code) {
      this.code = code;
    }
  }

  VerifierKey(String name, Type type, byte[] raw) throws NoteException {
    checkName(name);
    if (raw.length != RAW_LENGTH) {
      throw new NoteException("an Ed25519 key of " + raw.length + " bytes");
    }
    this.name = name;
    this.type = type;
    this.raw = raw.clone();
    this.publicKey = publicKey(raw);
    this.keyId = keyId(name, typed());
  }

  /// Reads `name+hash+base64`.
  public static VerifierKey parse(String vkey) throws NoteException {
    String[] parts = vkey.split("\\+", 3);
    if (parts.length != 3) {
      throw new NoteException("a vkey is name+hash+key, not " + vkey);
    }
    byte[] typed = CanonicalBase64.decode(parts[2]);
    Type type = null;
    for (Type known : Type.values()) {
      if (typed.length > 0 && typed[0] == known.code) {
        type = known;
      }
    }
    if (type == null) {
      throw new NoteException(
          "the vkey of " + parts[0] + " is neither Ed25519 nor its cosignature");
    }
    VerifierKey key = new VerifierKey(parts[0], type, Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.vkey().equals(vkey)) {
      throw new NoteException("the hash in the vkey of " + parts[0] + " does not fit its key");
    }
    return key;
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public int keyId() {
    return keyId;
  }

  public String vkey() {
    return name + "+" + HexFormat.of().toHexDigits(keyId) + "+" + CanonicalBase64.encode(typed());
  }

  /// Throws unless this key signed the text.
  void verify(String text, NoteSignature signature) throws NoteException {
    switch (type) {
      case NOTE -> check(text.getBytes(StandardCharsets.UTF_8), signature.signature());
      case COSIGNATURE -> {
        Cosignature cosignature = Cosignature.of(signature);
        check(cosignature.message(text), cosignature.ed25519());
      }
    }
  }

  private void check(byte[] message, byte[] signature) throws NoteException {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(publicKey);
      ed25519.update(message);
      if (signature.length != 64 || !ed25519.verify(signature)) {
        throw new NoteException("the signature by " + name + " does not verify");
      }
    } catch (GeneralSecurityException e) {
      throw new NoteException("the signature by " + name + " does not verify: " + e.getMessage());
    }
  }

  private byte[] typed() {
    return ByteBuffer.allocate(1 + RAW_LENGTH).put((byte) type.code).put(raw).array();
  }

  static int keyId(String name, byte[] typed) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(name.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) '\n');
    return ByteBuffer.wrap(sha256.digest(typed)).getInt();
  }

  static void checkName(String name) throws NoteException {
    if (name.isEmpty()
        || name.codePoints().anyMatch(c -> Character.isWhitespace(c) || c == 0xa0 || c == '+')) {
      throw new NoteException("a key name is not empty and has no space and no +: '" + name + "'");
    }
  }

  private static PublicKey publicKey(byte[] raw) throws NoteException {
    byte[] x509 =
        ByteBuffer.allocate(X509_PREFIX.length + RAW_LENGTH).put(X509_PREFIX).put(raw).array();
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException e) {
      throw new NoteException("not an Ed25519 public key: " + e.getMessage());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey key && key.vkey().equals(vkey());
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  @Override
  public String toString() {
    return vkey();
  }
}
