namespace Trasgo.UnitFiles.Values;

internal delegate bool TextParser<T>(string text, out T value);
