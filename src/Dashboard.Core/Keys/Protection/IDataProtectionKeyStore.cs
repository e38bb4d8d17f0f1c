namespace Dashboard.Core.Keys.Protection;

/// <summary>
/// Keeps the web framework's data protection keys, already encrypted. Synchronous, because the framework asks for them
/// synchronously: a few times a day, and at start.
/// </summary>
internal interface IDataProtectionKeyStore
{
    /// <summary>Every key's XML.</summary>
    IReadOnlyList<string> Read();

    /// <summary>Adds a key; when this returns it is durable. A name that exists already keeps what it has.</summary>
    void Add(string name, string xml);
}
