// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.bundle;

/// A bundle that is not what it says; the message names the file and what is wrong with it.
public final class BundleException extends Exception {
  private static final long serialVersionUID = 1L;

  BundleException(String file, String what) {
    super(file + " " + what);
  }

  BundleException(String file, String what, Throwable cause) {
    super(file + " " + what, cause);
  }
}
