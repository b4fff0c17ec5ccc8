// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The default and the meaning of one configuration key; the reference page is generated from it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /// As it would be written in the file; "" for none.
  String byDefault();

  /// One or two sentences for the operator.
  String about();
}
