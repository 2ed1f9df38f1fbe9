namespace Trasgo.Exec;

/// <summary>A variable as it came: an assignment in one piece, or a name and a value that nobody has to put together before the environment is laid out.</summary>
internal readonly struct EnvironmentVariable
{
    private readonly string _text;
    private readonly string? _value;
    private readonly int _nameLength;

    public EnvironmentVariable(string name, string value)
    {
        _text = name;
        _value = value;
        _nameLength = name.Length;
    }

    /// <summary>Of "NAME=value", where the name has this length.</summary>
    public EnvironmentVariable(string assignment, int nameLength)
    {
        _text = assignment;
        _nameLength = nameLength;
    }

    public ReadOnlySpan<char> Name => _text.AsSpan(0, _nameLength);

    public ReadOnlySpan<char> Value => _value ?? _text.AsSpan(_nameLength + 1);

    public override string ToString() => _value is null ? _text : $"{_text}={_value}";
}
