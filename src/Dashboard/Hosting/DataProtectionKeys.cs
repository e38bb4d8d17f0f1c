using System.Text;
using System.Xml.Linq;
using Dashboard.Core.Keys.Protection;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Dashboard.Hosting;

/// <summary>
/// The framework's own keys (cookies, antiforgery, circuits): kept in the core's store, so that all nodes share them and a
/// restart keeps sessions, and encrypted there with a key that serves nothing else.
/// </summary>
internal static class DataProtectionKeys
{
    // Part of every protected payload: changing it logs everybody out.
    private const string ApplicationName = "Signet";

    public static IServiceCollection AddDataProtectionKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((options, provider) =>
        {
            options.XmlRepository = new StoredXml(provider.GetRequiredService<IDataProtectionKeyStore>());
            options.XmlEncryptor = new SealedXmlEncryptor(provider.GetRequiredService<SystemSecrets>());
        });
        return services;
    }

    private sealed class StoredXml(IDataProtectionKeyStore store) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements() => [.. store.Read().Select(xml => XElement.Parse(xml))];

        public void StoreElement(XElement element, string friendlyName) =>
            store.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
    }
}

/// <summary>Encrypts one key.</summary>
internal sealed class SealedXmlEncryptor(SystemSecrets secrets) : IXmlEncryptor
{
    internal const string Purpose = "data-protection-key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var sealedXml = new MasterKey(secrets.DataProtectionKey).Seal(plain, Purpose);
        return new EncryptedXmlInfo(
            new XElement("sealed", Convert.ToBase64String(sealedXml)), typeof(SealedXmlDecryptor));
    }
}

/// <summary>
/// Decrypts one key. The framework stores this type's full name beside each key and makes it by itself: renaming or moving
/// it makes every stored key unreadable.
/// </summary>
internal sealed class SealedXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var key = new MasterKey(services.GetRequiredService<SystemSecrets>().DataProtectionKey);
        var plain = key.Open(Convert.FromBase64String(encryptedElement.Value), SealedXmlEncryptor.Purpose);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
