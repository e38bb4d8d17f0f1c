namespace Dashboard.Core.Operators.Passwords;

/// <summary>Slow hashing of what people choose. The web implements it, because the framework's hasher lives there.</summary>
public interface IPasswordHashing
{
    /// <summary>A new salted hash with the current cost.</summary>
    string Hash(string password);

    /// <summary>Compares in constant time; costs as much as <see cref="Hash"/>.</summary>
    PasswordMatch Verify(string hash, string password);
}

/// <summary>What a comparison found.</summary>
public enum PasswordMatch
{
    No,
    Yes,

    /// <summary>Yes, but the hash was made with a lower cost than today's.</summary>
    YesButOutdated,
}
