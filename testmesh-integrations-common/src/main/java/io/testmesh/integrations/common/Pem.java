package io.testmesh.integrations.common;

import io.testmesh.action.ActionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The blocks of a PEM file (RFC 7468). */
final class Pem {
  private static final String BEGIN = "-----BEGIN ";
  private static final String[] KEY_ALGORITHMS = {"RSA", "EC", "Ed25519", "DSA"};

  // DER of the object identifiers rsaEncryption with its NULL (RFC 8017 A.1) and id-ecPublicKey
  // (RFC 5480).
  private static final byte[] RSA_ALGORITHM = {
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final byte[] EC_OBJECT_ID = {
    0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01
  };
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private final List<Block> blocks;
  private final List<X509Certificate> certificates;

  private Pem(List<Block> blocks, List<X509Certificate> certificates) {
    this.blocks = blocks;
    this.certificates = certificates;
  }

  /** Reads a file; the key is the one that names it in the flow. */
  static Pem read(Path file, String key) throws ActionException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new ActionException("file_not_found", key + ": there is no file " + file, e);
    } catch (IOException e) {
      throw invalid(file, key, "cannot be read: " + e.getMessage(), e);
    }
    List<Block> blocks = blocks(text, file, key);
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks) {
      if (block.label.equals("CERTIFICATE") || block.label.equals("TRUSTED CERTIFICATE")) {
        certificates.add(certificate(block, file, key));
      }
    }
    if (certificates.isEmpty() && !key.equals("key_file")) {
      throw invalid(file, key, "holds no certificate; expected PEM text, BEGIN CERTIFICATE", null);
    }
    return new Pem(blocks, certificates);
  }

  List<X509Certificate> certificates() {
    return certificates;
  }

  PrivateKey privateKey(Path file, String key) throws ActionException {
    for (Block block : blocks) {
      switch (block.label) {
        case "PRIVATE KEY":
          return decode(block.bytes, file, key);
        case "RSA PRIVATE KEY":
          return decode(sequence(VERSION_0, RSA_ALGORITHM, tagged(0x04, block.bytes)), file, key);
        case "EC PRIVATE KEY":
          return decode(pkcs8OfEc(block.bytes, file, key), file, key);
        case "ENCRYPTED PRIVATE KEY":
          throw invalid(file, key, "holds a private key with a passphrase; give one without", null);
        default:
          break;
      }
    }
    throw invalid(file, key, "holds no private key; expected PEM text, BEGIN PRIVATE KEY", null);
  }

  private static List<Block> blocks(String text, Path file, String key) throws ActionException {
    List<Block> blocks = new ArrayList<>();
    int from = text.indexOf(BEGIN);
    while (from >= 0) {
      int labelEnd = text.indexOf("-----", from + BEGIN.length());
      String label = labelEnd < 0 ? "" : text.substring(from + BEGIN.length(), labelEnd);
      int end = labelEnd < 0 ? -1 : text.indexOf("-----END " + label, labelEnd);
      if (end < 0) {
        throw invalid(file, key, "holds a PEM block without its end", null);
      }
      String content = text.substring(labelEnd + 5, end);
      if (content.contains("Proc-Type:")) {
        throw invalid(file, key, "holds a private key with a passphrase; give one without", null);
      }
      try {
        blocks.add(new Block(label, Base64.getMimeDecoder().decode(content)));
      } catch (IllegalArgumentException e) {
        throw invalid(file, key, "holds a PEM block that is not base64", e);
      }
      from = text.indexOf(BEGIN, end);
    }
    return blocks;
  }

  private static X509Certificate certificate(Block block, Path file, String key)
      throws ActionException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes));
    } catch (CertificateException e) {
      throw invalid(file, key, "holds a certificate that cannot be read: " + e.getMessage(), e);
    }
  }

  private static PrivateKey decode(byte[] pkcs8, Path file, String key) throws ActionException {
    GeneralSecurityException last = null;
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        last = e;
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw invalid(file, key, "holds a private key of a kind that this Java cannot read", last);
  }

  /** RFC 5915 keeps the curve inside the key, tagged [0]; PKCS#8 wants it in the algorithm. */
  private static byte[] pkcs8OfEc(byte[] sec1, Path file, String key) throws ActionException {
    int at = contentOf(sec1, 0);
    while (at >= 0 && at < sec1.length) {
      int content = contentOf(sec1, at);
      int length = content < 0 ? -1 : lengthOf(sec1, at);
      if (length < 0 || content + length > sec1.length) {
        break;
      }
      if ((sec1[at] & 0xff) == 0xa0) {
        byte[] curve = Arrays.copyOfRange(sec1, content, content + length);
        return sequence(VERSION_0, sequence(EC_OBJECT_ID, curve), tagged(0x04, sec1));
      }
      at = content + length;
    }
    throw invalid(file, key, "holds an EC private key that does not name its curve", null);
  }

  private static int lengthBytes(byte[] der, int at) {
    int first = at + 1 < der.length ? der[at + 1] & 0xff : 0xff;
    return first < 0x80 ? 0 : first - 0x80;
  }

  private static int contentOf(byte[] der, int at) {
    int more = lengthBytes(der, at);
    return more > 3 || at + 2 + more > der.length ? -1 : at + 2 + more;
  }

  private static int lengthOf(byte[] der, int at) {
    int more = lengthBytes(der, at);
    int length = more == 0 ? der[at + 1] & 0xff : 0;
    for (int i = 0; i < more; i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    return tagged(0x30, content.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    int length = content.length;
    if (length < 0x80) {
      der.write(length);
    } else {
      int bytes = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      der.write(0x80 + bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        der.write(length >> (8 * i));
      }
    }
    der.writeBytes(content);
    return der.toByteArray();
  }

  private static ActionException invalid(
      Path file, String key, String what, @Nullable Throwable cause) {
    return new ActionException(
        ActionException.INVALID_VALUE, key + ": " + file + " " + what, cause);
  }

  private record Block(String label, byte[] bytes) {}
}
