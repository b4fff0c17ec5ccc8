// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.estimate;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import io.helidon.common.LazyValue;
import java.util.Set;
import java.util.regex.Pattern;

/// Counts the tokens of a text, for sellers whose tokenizer is public exactly, for others with room
/// for a worse one. Its tables are loaded at the first count.
public final class TokenCounter {
  private static final Set<String> PUBLIC = Set.of("openai", "azure");

  /// Models of text that do not think before they answer; by tokenizer. Those that do are billed
  /// for what nobody sees.
  private static final Pattern NEWER =
      Pattern.compile(
          "(ft:)?(gpt-4o|chatgpt-4o|gpt-4\\.1|gpt-4\\.5)"
              + "(?!.*(audio|realtime|search|transcribe|tts|image)).*");

  private static final Pattern OLDER =
      Pattern.compile("(ft:)?(gpt-4(-(turbo|32k|\\d{4}).*)?|gpt-35-turbo.*|gpt-3\\.5-turbo.*)");

  /// What other tokenizers may need where this one needs one token.
  private static final int OTHERS_TIMES = 2;

  /// Frames of messages, and what is put around tools.
  private static final int FRAME_TOKENS = 64;

  /// A text is cut into other tokens when it stands elsewhere: a twentieth more.
  private static final int PLACE_SHARE = 20;

  // Large, slow to read, and the same for all.
  private static final LazyValue<Encoding> OWN = encoding(EncodingType.O200K_BASE);
  private static final LazyValue<Encoding> OTHERS = encoding(EncodingType.CL100K_BASE);

  /// At most so many tokens, as far as can be said for that seller.
  long count(String provider, String text) {
    long tokens =
        PUBLIC.contains(provider)
            ? OWN.get().countTokensOrdinary(text)
            : (long) OTHERS_TIMES * OTHERS.get().countTokensOrdinary(text);
    return tokens + tokens / PLACE_SHARE + FRAME_TOKENS;
  }

  /// Whether that seller's model writes no more than it shows and its tokenizer is public.
  boolean knows(String provider, String model) {
    return PUBLIC.contains(provider)
        && (NEWER.matcher(model).matches() || OLDER.matcher(model).matches());
  }

  /// The tokens of a text for a model that it knows.
  long exactly(String model, String text) {
    return (NEWER.matcher(model).matches() ? OWN : OTHERS).get().countTokensOrdinary(text);
  }

  private static LazyValue<Encoding> encoding(EncodingType type) {
    return LazyValue.create(() -> Encodings.newLazyEncodingRegistry().getEncoding(type));
  }
}
