// SPDX-License-Identifier: Apache-2.0
package dev.steward.store.file;

import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// Where the key lies with which secrets are sealed: 256 random bits as base64, in a variable of
/// the environment or in a file.
public final class SecretsKey {
  /// The variable that holds the key, in place of the file.
  public static final String VARIABLE = "STEWARD_SECRETS_KEY";

  private static final int BYTES = 32;

  private final Path file;
  private final Optional<String> variable;

  /// @param variable what the variable holds, empty when it is not set
  public SecretsKey(Path file, Optional<String> variable) {
    this.file = file;
    this.variable = variable;
  }

  /// Where the key is looked for, for messages.
  public String place() {
    return variable.isPresent() ? "the variable " + VARIABLE : file.toString();
  }

  /// The key that is there.
  ///
  /// @throws ApiException STORAGE_FAILED when it is missing or no key
  SecretKey read() {
    if (variable.isPresent()) {
      return key(variable.get());
    }
    if (Files.notExists(file)) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "secrets are kept, but the key that opens them is gone from "
              + file
              + "; put it back, name its file with secrets.key-file, or give it in "
              + VARIABLE);
    }
    try {
      return key(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.STORAGE_FAILED,
          "the key of the secrets in " + file + " cannot be read: " + e + "; check its rights",
          e);
    }
  }

  /// The key, made now where there is none.
  SecretKey readOrMake(SecureRandom random) {
    if (variable.isEmpty() && Files.notExists(file)) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      try {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        OwnersFile.write(
            file,
            (Base64.getEncoder().encodeToString(bytes) + "\n").getBytes(StandardCharsets.US_ASCII));
      } catch (UncheckedIOException | IOException e) {
        throw new ApiException(
            ErrorCode.STORAGE_FAILED,
            "the key of the secrets cannot be written to "
                + file
                + ": "
                + e
                + "; make the folder writable or name another with secrets.key-file",
            e);
      }
    }
    return read();
  }

  private SecretKey key(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw wrong("it is not base64");
    }
    if (bytes.length != BYTES) {
      throw wrong("it has " + bytes.length + " bytes, not " + BYTES);
    }
    SecretKey key = new SecretKeySpec(bytes, "AES");
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  /// Without a cause, since a decoder's message may show a part of the text.
  private ApiException wrong(String why) {
    return new ApiException(
        ErrorCode.STORAGE_FAILED,
        "the key of the secrets in "
            + place()
            + " is none: "
            + why
            + "; it is 32 random bytes as base64, such as 'openssl rand -base64 32' prints");
  }
}
