using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chat.Bench.Servers;

/// <summary>A certificate that only this process has reason to trust.</summary>
internal sealed class SelfSigned : IDisposable
{
    private readonly X509Certificate2 certificate;

    private SelfSigned(X509Certificate2 certificate) => this.certificate = certificate;

    public static SelfSigned Make(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // As its own authority: Node and Chromium ask for it.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return new SelfSigned(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30)));
    }

    /// <summary>Whether it is this one.</summary>
    public bool Is(X509Certificate? shown) => shown is not null && certificate.RawDataMemory.Span.SequenceEqual(shown.GetRawCertData());

    /// <summary>Writes both as PEM; the key for the owner only.</summary>
    public void Write(string certificateFile, string keyFile)
    {
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey()!;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(keyFile, options);
        using var writer = new StreamWriter(stream);
        writer.Write(key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose() => certificate.Dispose();
}
