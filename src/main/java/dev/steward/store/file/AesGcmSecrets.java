// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretEntry;
import dev.steward.control.secret.SecretStore;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Secrets in one file of the data folder, each sealed by AES-256-GCM with its name bound to it. In
/// memory they lie open, since every call asks for one.
public final class AesGcmSecrets implements SecretStore {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final String CHECK = "steward secrets";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int SECRETS_MAX = 1_000;

  private final Path file;
  private final SecretsKey place;
  private final InstantSource clock;
  private final SecureRandom random;
  private final ReentrantLock writing = new ReentrantLock();
  private @Nullable SecretKey key;
  private volatile Map<String, Held> held;

  private record Held(SealedSecrets.Item item, Secret value) {}

  private AesGcmSecrets(Path file, SecretsKey place, InstantSource clock, SecureRandom random) {
    this.file = file;
    this.place = place;
    this.clock = clock;
    this.random = random;
    this.held = Map.of();
  }

  /// Opens the file; where there is none, nothing is made before the first secret is put.
  ///
  /// @throws ApiException STORAGE_FAILED when the key is wrong or missing, or the file damaged
  public static AesGcmSecrets open(
      Path file, SecretsKey key, InstantSource clock, SecureRandom random) {
    AesGcmSecrets secrets = new AesGcmSecrets(file, key, clock, random);
    if (Files.exists(file)) {
      secrets.load();
    }
    return secrets;
  }

  @Override
  public Optional<Secret> get(String name) {
    return Optional.ofNullable(held.get(name)).map(Held::value);
  }

  @Override
  public List<SecretEntry> list() {
    List<SecretEntry> all = new ArrayList<>();
    for (Held one : held.values()) {
      all.add(entry(one));
    }
    return all;
  }

  @Override
  public Optional<SecretEntry> find(String name) {
    Held one = held.get(name);
    return one == null ? Optional.empty() : Optional.of(entry(one));
  }

  @Override
  public void put(String name, Secret value, SecretEntry.Origin origin) {
    writing.lock();
    try {
      if (held.size() >= SECRETS_MAX && !held.containsKey(name)) {
        throw new ApiException(
            ErrorCode.CONFLICT, SECRETS_MAX + " secrets are kept already; delete one first");
      }
      SecretKey with = keyToWrite();
      byte[] sealed = seal(with, name, value.reveal());
      Map<String, Held> next = new TreeMap<>(held);
      next.put(
          name,
          new Held(
              new SealedSecrets.Item(
                  name, clock.instant().truncatedTo(ChronoUnit.MILLIS), origin, sealed),
              value));
      write(with, next);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public boolean delete(String name) {
    writing.lock();
    try {
      if (!held.containsKey(name)) {
        return false;
      }
      Map<String, Held> next = new TreeMap<>(held);
      next.remove(name);
      write(keyToWrite(), next);
      return true;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public String toString() {
    return "AesGcmSecrets[" + held.size() + " in " + file + "]";
  }

  private static SecretEntry entry(Held one) {
    return new SecretEntry(one.item().name(), one.item().rotatedAt(), one.item().origin());
  }

  private SecretKey keyToWrite() {
    SecretKey known = key;
    if (known == null) {
      known = place.readOrMake(random);
      key = known;
    }
    return known;
  }

  private void write(SecretKey with, Map<String, Held> next) {
    SealedSecrets sealed =
        new SealedSecrets(
            SealedSecrets.FORM,
            seal(with, "", CHECK),
            next.values().stream().map(one -> one.item()).toList());
    try {
      OwnersFile.write(file, JSON.writeValueAsBytes(sealed));
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the secrets cannot be written to "
              + file
              + ": "
              + e
              + "; nothing was changed; make room or check the folder's rights",
          e);
    }
    held = next;
  }

  private void load() {
    SecretKey with = place.read();
    SealedSecrets sealed = parse();
    if (sealed.form() != SealedSecrets.FORM) {
      throw damaged("it is written in form " + sealed.form() + ", by a newer Steward");
    }
    if (open(with, "", sealed.check()).filter(CHECK::equals).isEmpty()) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the key in "
              + place.place()
              + " does not open the secrets in "
              + file
              + "; give the key that they were sealed with, or move that file away and set the"
              + " secrets again");
    }
    Map<String, Held> loaded = new TreeMap<>();
    for (SealedSecrets.Item item : sealed.secrets()) {
      String value =
          open(with, item.name(), item.sealed())
              .orElseThrow(() -> damaged("the secret " + item.name() + " was changed"));
      loaded.put(item.name(), new Held(item, Secret.of(value)));
    }
    key = with;
    held = loaded;
  }

  private SealedSecrets parse() {
    try {
      SealedSecrets sealed = JSON.readValue(Files.readAllBytes(file), SealedSecrets.class);
      if (sealed == null || sealed.secrets() == null || sealed.check() == null) {
        throw damaged("it lacks a part");
      }
      return sealed;
    } catch (IOException | JacksonException e) {
      throw damaged("it cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  private ApiException damaged(String why) {
    return new ApiException(
        ErrorCode.STORAGE_FAILED,
        "the file of secrets "
            + file
            + " is damaged: "
            + why
            + "; take it from a backup, or move it away and set the secrets again");
  }

  private byte[] seal(SecretKey with, String name, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, with, name, nonce);
      byte[] sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
      return both;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot seal with " + CIPHER, e);
    }
  }

  /// Empty when key, name and bytes do not belong together.
  private static Optional<String> open(SecretKey with, String name, byte[] both) {
    if (both.length < NONCE_BYTES + TAG_BITS / 8) {
      return Optional.empty();
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, with, name, Arrays.copyOf(both, NONCE_BYTES));
      byte[] text = cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SecretKey with, String name, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, with, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
